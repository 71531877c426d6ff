// Matrix products by oneDNN: the one door to that library. Primitives are made once per description and kept in the
// queue; their scratch memory comes from the queue's pool.
#pragma once

#include "queue/queue.hpp"
#include "queue/types.hpp"

#include <compare>
#include <memory>
#include <vector>

namespace protolith::kernels::cpu::onednn {

/// C[b] (m, n) = op(A[b]) op(B[b]) + C[b] if `accumulate`, + bias (n), then LeakyReLU of `slope`; sums in float32.
struct Product {
    std::int64_t batch = 1, m = 1, k = 1, n = 1;
    bool transpose_a = false, transpose_b = false;  // stored as (k, m), (n, k)
    bool accumulate = false, bias = false;
    float slope = 1;
    DataType type = DataType::float32;    // of A and B: float32 or bfloat16
    DataType result = DataType::float32;  // of C
    bool on_one_thread = false;           // the caller's, which has others beside it; else on all of the queue's

    auto operator<=>(const Product&) const = default;
};

/// A product made ready, with its scratch memory, for `callers` threads at once (more than one: on_one_thread).
class ReadyProduct {
  public:
    /// Throws std::runtime_error with the description when oneDNN has no way to compute it.
    ReadyProduct(Queue& queue, const Product& product, int callers = 1);
    ~ReadyProduct();

    /// For the caller of this number, from 0.
    void operator()(const void* a, const void* b, void* c, const float* bias = nullptr, int caller = 0);

  private:
    struct Call;
    std::vector<std::unique_ptr<Call>> calls_;
};

/// Once, with all of the queue's threads; throws as above.
void multiply(Queue& queue, const Product& product, const void* a, const void* b, void* c, const float* bias = nullptr);

/// Whether the processor multiplies bfloat16 in hardware.
bool bfloat16_instructions();
/// Whether it does so in a matrix unit (AMX).
bool bfloat16_matrix_unit();

}  // namespace protolith::kernels::cpu::onednn
