// Instance normalisation (Ulyanov et al. 2016) of each channel of each sample, with the scale, the shift and the
// LeakyReLU that follow it. It has no running statistics: training and inference are the same.
#pragma once

#include "nn/module.hpp"

namespace protolith::nn {

class InstanceNorm : public Module {
  public:
    /// weight 1, bias 0. `slope` of what is not positive: 1 no activation, 0 ReLU, else LeakyReLU.
    InstanceNorm(const Placement& place, std::int64_t channels, double slope = 1.0);

    /// (x − mean)/√(variance + ε) · weight + bias, with the biased variance.
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override;
    std::string describe() const override;
    std::vector<Parameter> parameters() const override { return {weight_, bias_}; }

  private:
    Parameter weight_, bias_;
    double slope_;
};

}  // namespace protolith::nn
