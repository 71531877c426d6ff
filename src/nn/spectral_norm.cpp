#include "nn/spectral_norm.hpp"

#include "autograd/spectral_norm.hpp"

#include <cmath>

namespace protolith::nn {

SpectralNorm::SpectralNorm(const Placement& place, const ConvolutionSettings& settings)
    : convolution_(place, settings),
      u_(place.buffer("u", {settings.out}, {0.0, 1.0 / std::sqrt(static_cast<double>(settings.out))})) {}

Var SpectralNorm::forward(const Var& x, const Pass& pass) {
    return convolution_.apply(x, autograd::spectral_norm(convolution_.weight().var, u_.value, pass.training));
}

}  // namespace protolith::nn
