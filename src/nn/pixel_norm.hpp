// Pixel normalisation (Karras et al. 2018): x / √(mean(x²) + ε) over the channels of each place, and the LeakyReLU that
// follows it.
#pragma once

#include "nn/module.hpp"

namespace protolith::nn {

class PixelNorm : public Module {
  public:
    explicit PixelNorm(double eps = 1e-8, double slope = 1.0) : eps_(eps), slope_(slope) {}
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override { return input; }
    std::string describe() const override;

  private:
    double eps_, slope_;
};

}  // namespace protolith::nn
