// Pointwise formulas over whole arrays, of one array or of two.
#pragma once

#include "pointwise/formulas.hpp"
#include "queue/kernel.hpp"

namespace protolith::kernels {

/// y[i] = formula(x[i]) for i < count; y may be x. T: float, bfloat16 or double; arithmetic in accumulator_t<T>.
PROTOLITH_KERNEL(template <class T> void map(Queue& queue, const Unary& formula, const T* x, T* y, std::int64_t count))

/// y[i] = formula(a[i], b[i]); y may be a or b: y += x is combine(queue, Add{}, y, x, y, count).
PROTOLITH_KERNEL(template <class T>
                 void combine(Queue& queue, const Binary& formula, const T* a, const T* b, T* y, std::int64_t count))

}  // namespace protolith::kernels
