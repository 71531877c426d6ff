// Matrix products on a GPU: cuBLASLt, or a kernel of our own where it has no algorithm.
#pragma once

#include "queue/queue.hpp"
#include "queue/types.hpp"

#include <compare>

namespace protolith::kernels::cuda {

/// C (m, n) = op(A) op(B), stored by rows without gaps; a transposed operand is stored as (k, m), (n, k). Sums in
/// float32, of double in double.
struct Product {
    std::int64_t m = 1, k = 1, n = 1;
    bool transpose_a = false, transpose_b = false;
    DataType type = DataType::float32;    // of A and B
    DataType result = DataType::float32;  // of C: that of A and B, or float32 for bfloat16

    auto operator<=>(const Product&) const = default;
};

enum class Transposed { none, a, b };

/// With a result of the operands' type.
template <class T>
Product product_of(std::int64_t m, std::int64_t k, std::int64_t n, Transposed transposed) {
    return {m, k, n, transposed == Transposed::a, transposed == Transposed::b, data_type_of<T>(), data_type_of<T>()};
}

void multiply(Queue& queue, const Product& product, const void* a, const void* b, void* c);

}  // namespace protolith::kernels::cuda
