// WGAN-GP (Gulrajani et al. 2017, arXiv 1704.00028) for rock images: the networks of GeoWGAN-GP (JGR Solid Earth) and
// of the mantle paper, a table each.
#pragma once

#include "models/wgan_gp_settings.hpp"
#include "nn/sequential.hpp"

namespace protolith::models {

/// z (N, h, w, latent) → images (N, (h + 3) · 2^levels, (w + 3) · 2^levels, channels) in [−1, 1]. Undefined parameters
/// until nn::initialise or a checkpoint gives them values.
class Generator : public nn::Sequential {
  public:
    Generator(const nn::Placement& place, const WganGpSettings& settings);
    std::string describe() const override { return "Generator"; }
};

/// Images (N, H, W, channels) → scores (N, H/2^levels − 3, W/2^levels − 3, 1).
class Critic : public nn::Sequential {
  public:
    Critic(const nn::Placement& place, const WganGpSettings& settings);
    std::string describe() const override { return "Critic"; }
};

/// Numbers of the two networks for nn::initialise.
inline constexpr std::uint32_t generator_network = 0, critic_network = 1;

}  // namespace protolith::models
