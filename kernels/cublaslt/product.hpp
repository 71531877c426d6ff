// The one door to cuBLASLt. Algorithms are asked for once per product, alignment and settings, and kept in the queue.
#pragma once

#include "launch/check.hpp"
#include "matmul/product.hpp"

namespace protolith::kernels::cuda::cublaslt {

/// In the queue's order. False, with nothing done, where cuBLASLt has no algorithm for the product.
bool multiply(Queue& queue, const Product& product, const void* a, const void* b, void* c);

}  // namespace protolith::kernels::cuda::cublaslt
