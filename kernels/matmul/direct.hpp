// Matrix products by a kernel of our own.
#pragma once

#include "matmul/product.hpp"

namespace protolith::kernels::cuda {

void direct_multiply(Queue& queue, const Product& product, const void* a, const void* b, void* c);

}  // namespace protolith::kernels::cuda
