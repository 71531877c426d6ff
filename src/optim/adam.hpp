// Adam (Kingma & Ba 2015): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², p ← p − η m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ) and
// v̂ = v/(1 − β₂ᵗ); one pass over each parameter.
#pragma once

#include "nn/module.hpp"

namespace protolith::optim {

struct AdamSettings {
    double learning_rate = 1e-4, beta1 = 0.5, beta2 = 0.999, epsilon = 1e-8;
};

/// @throws InputError naming the setting, its value and what was expected
void validate(const AdamSettings& settings);

class Adam {
  public:
    /// Moments are zero and no step is done yet.
    Adam(std::vector<nn::Parameter> parameters, const AdamSettings& settings);

    /// One update in place; gradients in the order of the parameters, of their shapes and types. The learning rate is
    /// the setting's times `factor` (optim/schedule.hpp).
    void step(const std::vector<autograd::Var>& gradients, double factor = 1.0);

    const std::vector<nn::Parameter>& parameters() const noexcept { return parameters_; }
    /// What a checkpoint keeps: "exp_avg.<parameter>" and "exp_avg_sq.<parameter>", and the steps done.
    std::vector<nn::Buffer> state() const;
    std::int64_t steps() const noexcept { return steps_; }
    void set_steps(std::int64_t steps) noexcept { steps_ = steps; }

  private:
    std::vector<nn::Parameter> parameters_;
    AdamSettings settings_;
    std::vector<Tensor> first_, second_;  // moments
    std::int64_t steps_ = 0;
};

}  // namespace protolith::optim
