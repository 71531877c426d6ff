#include "cublaslt/product.hpp"
#include "matmul/direct.hpp"
#include "matmul/product.hpp"
#include "queue/facts.hpp"

#include <string>

namespace protolith::kernels::cuda {

void multiply(Queue& queue, const Product& product, const void* a, const void* b, void* c) {
    if (cublaslt::multiply(queue, product, a, b, c)) return;
    queue.state<Facts>().tell("products of (" + std::to_string(product.m) + ", " + std::to_string(product.k) +
                              ") and (" + std::to_string(product.k) + ", " + std::to_string(product.n) +
                              ") are computed by a kernel of our own (cuBLASLt has no algorithm for them)");
    direct_multiply(queue, product, a, b, c);
}

}  // namespace protolith::kernels::cuda
