#include "matmul/matmul.hpp"
#include "onednn/product.hpp"

#include <algorithm>
#include <type_traits>

namespace protolith::kernels::cpu {
namespace {

/// Summed as it is written, in double.
void plain(const MatmulShape& s, const double* a, const double* b, double* c) {
    std::fill_n(c, s.m * s.n, 0.0);
    for (std::int64_t i = 0; i < s.m; ++i)
        for (std::int64_t l = 0; l < s.k; ++l) {
            const double factor = s.transpose_a ? a[l * s.m + i] : a[i * s.k + l];
            for (std::int64_t j = 0; j < s.n; ++j)
                c[i * s.n + j] += factor * (s.transpose_b ? b[j * s.k + l] : b[l * s.n + j]);
        }
}

}  // namespace

template <class T>
void matmul(Queue& queue, const MatmulShape& s, const T* a, const T* b, T* c) {
    if constexpr (std::is_same_v<T, double>)
        plain(s, a, b, c);
    else
        onednn::multiply(queue,
                         {.m = s.m,
                          .k = s.k,
                          .n = s.n,
                          .transpose_a = s.transpose_a,
                          .transpose_b = s.transpose_b,
                          .type = data_type_of<T>(),
                          .result = data_type_of<T>()},
                         a, b, c);
}

template void matmul(Queue&, const MatmulShape&, const float*, const float*, float*);
template void matmul(Queue&, const MatmulShape&, const bfloat16*, const bfloat16*, bfloat16*);
template void matmul(Queue&, const MatmulShape&, const double*, const double*, double*);

}  // namespace protolith::kernels::cpu
