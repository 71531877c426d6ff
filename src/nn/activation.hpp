// Activations without parameters as layers. LeakyReLU after a convolution or a norm is fused into that layer instead.
#pragma once

#include "nn/module.hpp"

namespace protolith::nn {

/// A recorded function of each element.
class Pointwise : public Module {
  public:
    using Function = Var (*)(const Var& x);

    Pointwise(std::string name, Function function) : name_(std::move(name)), function_(function) {}
    Var forward(const Var& x, const Pass&) override { return function_(x); }
    Shape output_shape(const Shape& input) const override { return input; }
    std::string describe() const override { return name_; }

  private:
    std::string name_;
    Function function_;
};

struct Tanh : Pointwise {
    Tanh();
};
struct Sigmoid : Pointwise {
    Sigmoid();
};
struct Swish : Pointwise {
    Swish();
};
struct Selu : Pointwise {
    Selu();
};

class LeakyRelu : public Module {
  public:
    /// slope 0: ReLU.
    explicit LeakyRelu(double slope) : slope_(slope) {}
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override { return input; }
    std::string describe() const override;

  private:
    double slope_;
};

/// x > 0 ? x : slope · x with a learned slope, one for all channels as in torch.nn (first value ¼) or one each.
class PRelu : public Module {
  public:
    PRelu(const Placement& place, std::int64_t slopes = 1);
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override { return input; }
    std::string describe() const override { return "PReLU"; }
    std::vector<Parameter> parameters() const override { return {slope_}; }

  private:
    Parameter slope_;
};

}  // namespace protolith::nn
