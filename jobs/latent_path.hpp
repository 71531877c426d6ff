// From one latent to another: what lies between two images.
#pragma once

#include "settings/generate.hpp"

#include <span>
#include <vector>

namespace protolith::jobs {

/// The point at t of [0, 1] between a and b. Spherical: sin((1 − t)ω)/sin ω · a + sin(tω)/sin ω · b with ω the angle
/// between them (Shoemake 1985), which keeps the length that normal latents have; straight where they are parallel.
std::vector<float> between(std::span<const float> a, std::span<const float> b, double t, InterpolationKeys::Path path);

}  // namespace protolith::jobs
