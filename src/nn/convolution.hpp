// Convolution and transposed convolution as layers, in two or three dimensions, with the bias and the LeakyReLU that
// follow them in the same pass over the result.
#pragma once

#include "convolution/geometry.hpp"
#include "nn/module.hpp"

namespace protolith::nn {

struct ConvolutionSettings {
    std::int64_t in = 1, out = 1;  ///< channels
    kernels::ConvolutionWindow window = {};
    bool bias = false;
    double slope = 1.0;  ///< of what is not positive: 1 no activation, 0 ReLU, else LeakyReLU
    Normal initial = {0.0, 0.02};
};

class Convolution : public Module {
  public:
    /// weight (out, [kd,] kh, kw, in), bias (out).
    Convolution(const Placement& place, const ConvolutionSettings& settings);

    /// (N, [D,] H, W, in) → (N, [D',] H', W', out)
    Var forward(const Var& x, const Pass&) override { return apply(x, weight_.var); }
    /// The same with other weights of the same shape (spectral norm).
    virtual Var apply(const Var& x, const Var& weight) const;
    Shape output_shape(const Shape& input) const override;
    double operations(const Shape& input) const override;
    std::string describe() const override;
    std::vector<Parameter> parameters() const override;

    const ConvolutionSettings& settings() const noexcept { return settings_; }
    const Parameter& weight() const noexcept { return weight_; }
    /// Its variable is empty where there is no bias.
    const Parameter& bias() const noexcept { return bias_; }

  protected:
    Convolution(const Placement& place, const ConvolutionSettings& settings, const Shape& weight_shape);
    /// "4×4 s2 p1, LeakyReLU 0.2"
    std::string describe_window() const;

    ConvolutionSettings settings_;
    Parameter weight_, bias_;
};

class TransposedConvolution : public Convolution {
  public:
    /// weight (in, [kd,] kh, kw, out), bias (out).
    TransposedConvolution(const Placement& place, const ConvolutionSettings& settings);

    Var apply(const Var& x, const Var& weight) const override;
    Shape output_shape(const Shape& input) const override;
    double operations(const Shape& input) const override;
    std::string describe() const override;
};

}  // namespace protolith::nn
