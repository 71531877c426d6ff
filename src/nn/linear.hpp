// A fully connected layer.
#pragma once

#include "nn/module.hpp"

namespace protolith::nn {

struct LinearSettings {
    std::int64_t in = 1, out = 1;
    bool bias = true;
    Normal initial = {0.0, 0.02};
};

/// (N, in) → (N, out): x weightᵀ + bias; weight (out, in), bias (out), as in torch.nn.
class Linear : public Module {
  public:
    Linear(const Placement& place, const LinearSettings& settings);
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override;
    double operations(const Shape& input) const override;
    std::string describe() const override;
    std::vector<Parameter> parameters() const override;

  private:
    LinearSettings settings_;
    Parameter weight_, bias_;
};

}  // namespace protolith::nn
