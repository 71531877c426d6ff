// First and second derivatives of recorded operations against central differences, in double.
#pragma once

#include "autograd/grad.hpp"
#include "autograd/var.hpp"

#include <functional>
#include <string>
#include <vector>

namespace protolith::autograd::testing {

/// A recorded operation under test: any number of float64 inputs, one output of any shape.
using Operation = std::function<Var(const std::vector<Var>& inputs)>;

/// Standard normal values times `scale`, the same for the same `item`.
Tensor random_tensor(Queue& queue, const Shape& shape, unsigned item, double scale = 1.0);

/// Largest error of the gradient of ⟨v, f(inputs)⟩ (v fixed, random), relative to that gradient's largest entry,
/// against central differences at up to `samples` random entries of every input.
double first_derivative_error(const Operation& f, const std::vector<Tensor>& inputs, int samples = 12);

/// The same for the gradient of Σ_k ⟨u_k, ∂⟨v, f⟩/∂input_k⟩: what a gradient penalty differentiates.
double second_derivative_error(const Operation& f, const std::vector<Tensor>& inputs, int samples = 12);

}  // namespace protolith::autograd::testing
