// The latent vector whose image comes closest to a given one: what the generator can make of it at best.
#pragma once

#include "condition/latent_images.hpp"

#include <cstdint>

namespace protolith::condition {

struct FitSettings {
    std::size_t starts = 8;   ///< searches of each image, from draws of the prior; at most the generator's batch
    std::size_t steps = 200;  ///< of Adam
    double learning_rate = 0.05;
    std::uint64_t seed = 1;
};

struct Fit {
    std::vector<double> latent;
    double mean_square = 0;  ///< of the pixels' differences, values 0 … 1
};

/// Descends ½ |G(z) − image|² + ½ |z|²/100 by Adam from each start and keeps the closest. `image`: (rows,
/// columns), 0 … 1; `item` names the random numbers. The faint pull to the prior keeps latents where images are.
Fit closest_fit(const LatentImages& generator, std::span<const float> image, const FitSettings& settings,
                std::uint32_t item);

}  // namespace protolith::condition
