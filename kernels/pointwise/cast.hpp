// Arrays of one element type from another, and constant arrays.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// y[i] = x[i], rounded to nearest (ties to even). From, To: float, bfloat16, double.
PROTOLITH_KERNEL(template <class From, class To> void cast(Queue& queue, const From* x, To* y, std::int64_t count))

/// y[i] = value.
PROTOLITH_KERNEL(template <class T> void fill(Queue& queue, double value, T* y, std::int64_t count))

}  // namespace protolith::kernels
