// Matrix products by oneDNN: the one door to that library. Primitives are made once per description and kept in the
// queue; their scratch memory comes from the queue's pool.
#pragma once

#include "queue/queue.hpp"
#include "queue/types.hpp"

#include <compare>

namespace protolith::kernels::cpu::onednn {

/// C[b] (m, n) = op(A[b]) op(B[b]) + C[b] if `accumulate`, + bias (n), then LeakyReLU of `slope`; sums in float32.
struct Product {
    std::int64_t batch = 1, m = 1, k = 1, n = 1;
    bool transpose_a = false, transpose_b = false;  // stored as (k, m), (n, k)
    bool accumulate = false, bias = false;
    float slope = 1;
    DataType type = DataType::float32;    // of A and B: float32 or bfloat16
    DataType result = DataType::float32;  // of C

    auto operator<=>(const Product&) const = default;
};

/// Throws std::runtime_error with the description when oneDNN has no way to compute it.
void multiply(Queue& queue, const Product& product, const void* a, const void* b, void* c, const float* bias = nullptr);

/// Whether the processor multiplies bfloat16 in hardware.
bool bfloat16_instructions();

}  // namespace protolith::kernels::cpu::onednn
