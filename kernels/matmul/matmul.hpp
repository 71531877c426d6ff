// C (m, n) = op(A) op(B), sums in accumulator_t<T>.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// Sizes of a product; op(A) is (m, k), op(B) is (k, n), all stored by rows without gaps. A transposed operand is
/// stored as (k, m), (n, k).
struct MatmulShape {
    std::int64_t m = 1, k = 1, n = 1;
    bool transpose_a = false, transpose_b = false;
};

PROTOLITH_KERNEL(template <class T> void matmul(Queue& queue, const MatmulShape& shape, const T* a, const T* b, T* c))

}  // namespace protolith::kernels
