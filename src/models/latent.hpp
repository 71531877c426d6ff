// The random numbers of adversarial training and of generation, keyed by (seed, image): the same on any number of
// ranks.
#pragma once

#include "tensor/tensor.hpp"

#include <cstdint>

namespace protolith::models {

/// Standard normal z of `shape` (N, h, w, latent), rounded to `type`; sample i is that of image first + i.
Tensor latent_noise(Queue& queue, const Shape& shape, DataType type, std::uint64_t seed, std::uint32_t first);

/// Uniform numbers of [0, 1), one for each of `samples` samples, of the type of sums; the i-th is that of sample first
/// + i.
Tensor interpolation_mix(Queue& queue, std::int64_t samples, DataType type, std::uint64_t seed, std::uint32_t first);

}  // namespace protolith::models
