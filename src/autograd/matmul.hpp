// The recorded matrix product.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

enum class Transpose : bool { no, yes };

/// op(a) op(b) of matrices (rows, columns) of one type; sums in the accumulator's type. Throws Error with both shapes
/// when they do not fit.
Var matmul(const Var& a, const Var& b, Transpose transpose_a = Transpose::no, Transpose transpose_b = Transpose::no);

}  // namespace protolith::autograd
