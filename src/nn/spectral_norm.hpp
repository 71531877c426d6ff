// Spectral normalisation (Miyato et al. 2018, ICLR): a convolution whose weights, as a matrix of output channels by
// everything else, are divided by their largest singular value.
#pragma once

#include "nn/convolution.hpp"

namespace protolith::nn {

/// The singular value is followed by one power iteration in each training pass; its left vector u (out) is kept. The
/// singular vectors are constants to the gradient.
class SpectralNorm : public Module {
  public:
    SpectralNorm(const Placement& place, const ConvolutionSettings& settings);

    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override { return convolution_.output_shape(input); }
    double operations(const Shape& input) const override { return convolution_.operations(input); }
    std::string describe() const override { return convolution_.describe() + ", spectral norm"; }
    std::vector<Parameter> parameters() const override { return convolution_.parameters(); }
    std::vector<Buffer> buffers() const override { return {u_}; }

  private:
    Convolution convolution_;
    Buffer u_;
};

}  // namespace protolith::nn
