// Softmax and its logarithm over channels, the last axis, and the first derivative of softmax.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// y (rows, channels) = exp(x_c)/Σ exp(x); safe for large values. Computed in accumulator_t<T>.
PROTOLITH_KERNEL(template <class T>
                 void softmax(Queue& queue, std::int64_t rows, std::int64_t channels, const T* x, T* y))
/// y = x − log Σ exp(x).
PROTOLITH_KERNEL(template <class T>
                 void log_softmax(Queue& queue, std::int64_t rows, std::int64_t channels, const T* x, T* y))
/// d = y·(g − Σ_c y_c g_c): the derivative of softmax, of value y, along g; symmetric, so also its adjoint.
PROTOLITH_KERNEL(template <class T> void softmax_derivative(Queue& queue, std::int64_t rows, std::int64_t channels,
                                                            const T* y, const T* g, T* d))

}  // namespace protolith::kernels
