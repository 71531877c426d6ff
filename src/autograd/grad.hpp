// Gradients of a recorded value: newest first, only along the ways that lead to what is asked for.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

struct GradOptions {
    /// The gradients are themselves recorded and can be differentiated; the record is kept.
    bool create_graph = false;
    /// The record of y is kept for another grad(). Otherwise it is consumed: each operation's operands are given back
    /// as soon as their gradients are known.
    bool keep_graph = false;
    /// Called once for each x as soon as its gradient is complete, while the backward goes on: (index in xs, gradient).
    std::function<void(std::size_t, const Var&)> ready = {};
};

/// The gradients Σ_i seed_i · ∂y_i/∂x of y with respect to each of `xs`; zeros where y does not depend on x. `seed` has
/// y's shape. The gradient of a weight or bias has its type, also when activations are bfloat16. Differentiating what
/// an earlier grad() consumed is an Error.
std::vector<Var> grad(const Var& y, const std::vector<Var>& xs, const Var& seed, const GradOptions& options = {});

/// The same for a y of one element and the seed 1.
std::vector<Var> grad(const Var& y, const std::vector<Var>& xs, const GradOptions& options = {});

}  // namespace protolith::autograd
