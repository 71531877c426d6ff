// Pointwise kernels on tensors: what the recorded pointwise operations compute their values with.
#pragma once

#include "pointwise/formulas.hpp"
#include "tensor/tensor.hpp"

namespace protolith::autograd {

/// formula(x) of each element.
Tensor mapped(const kernels::Unary& formula, const Tensor& x);

/// formula(a, b) of each pair of elements. Another shape or type of b is an Error.
Tensor combined(const kernels::Binary& formula, const Tensor& a, const Tensor& b);

/// a[i] ← formula(a[i], b[i]), in place.
void combine_into(const kernels::Binary& formula, const Tensor& a, const Tensor& b);

/// The elements in another type, rounded to nearest.
Tensor converted(const Tensor& x, DataType type);

}  // namespace protolith::autograd
