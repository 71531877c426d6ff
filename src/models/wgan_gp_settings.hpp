// What fixes the two networks of a WGAN-GP, and the sizes that follow from it.
#pragma once

#include "tensor/shape.hpp"

#include <cstdint>
#include <string>

namespace protolith::models {

/// Whose table of layers: GeoWGAN-GP's companion code, or the mantle paper's (GJI 2024, doi 10.1093/gji/ggae240), whose
/// critic has instance norms and biases and whose generator has a bias in the end instead of a 1×1 convolution.
enum class WganVariant { companion, mantle };

struct WganGpSettings {
    std::int64_t image_size = 128;   ///< pixels of a side that one latent vector makes: 32, 64, 128, 256 or 512
    std::int64_t channels = 1;       ///< of the image
    std::int64_t latent = 512;       ///< numbers of a latent vector
    std::int64_t width = 64;         ///< channels of the generator's half-size map; doubled at each halving
    std::int64_t critic_width = 64;  ///< the same of the critic
    bool batch_norm = true;          ///< in the generator
    WganVariant variant = WganVariant::companion;

    /// Doublings from the 4² map to the image: 5 for 128².
    int levels() const;
};

/// @throws InputError naming the setting, its value and what was expected; for the image size with the chain of sizes
void validate(const WganGpSettings& settings);

/// z (N, h, w, latent) whose image is `height` × `width` pixels, (h + 3) · 2^levels by (w + 3) · 2^levels.
/// @throws InputError with the sizes that can be made, where no latent makes this one
Shape latent_shape(const WganGpSettings& settings, std::int64_t images, std::int64_t height, std::int64_t width);

/// The sides from the latent to the image: "1 → 4 → 8 → 16 → 32".
std::string size_chain(const WganGpSettings& settings, std::int64_t latent_side = 1);

}  // namespace protolith::models
