#include "matmul/matmul.hpp"
#include "matmul/product.hpp"

namespace protolith::kernels::cuda {

template <class T>
void matmul(Queue& queue, const MatmulShape& s, const T* a, const T* b, T* c) {
    const DataType type = data_type_of<T>();
    multiply(queue, {s.m, s.k, s.n, s.transpose_a, s.transpose_b, type, type}, a, b, c);
}

template void matmul(Queue&, const MatmulShape&, const float*, const float*, float*);
template void matmul(Queue&, const MatmulShape&, const bfloat16*, const bfloat16*, bfloat16*);
template void matmul(Queue&, const MatmulShape&, const double*, const double*, double*);

}  // namespace protolith::kernels::cuda
