// Batch normalisation (Ioffe & Szegedy 2015) of each channel, with the scale, the shift and the LeakyReLU that follow
// it.
#pragma once

#include "nn/module.hpp"

namespace protolith::nn {

/// Scale and shift of each channel: what a norm with running statistics comes to.
struct ChannelMap {
    std::vector<double> scale, shift;
};

class BatchNorm : public Module {
  public:
    /// weight N(1, 0.02), bias 0. `slope` of what is not positive: 1 no activation, 0 ReLU, else LeakyReLU.
    BatchNorm(const Placement& place, std::int64_t channels, double slope = 1.0);

    /// Training: (x − mean)/√(variance + ε) · weight + bias with the batch's own biased variance; the running mean and
    /// the running (unbiased) variance go a tenth of the way to those of the batch. Otherwise with the running ones.
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override;
    std::string describe() const override;
    std::vector<Parameter> parameters() const override { return {weight_, bias_}; }
    std::vector<Buffer> buffers() const override { return {mean_, variance_}; }

    /// Of the inference pass.
    ChannelMap channel_map() const;
    double slope() const noexcept { return slope_; }

  private:
    Parameter weight_, bias_;
    Buffer mean_, variance_;
    double slope_;
};

}  // namespace protolith::nn
