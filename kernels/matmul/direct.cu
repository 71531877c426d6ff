// Tiles of 16 × 16 elements of C, one thread each: A and B pass through shared memory, where every element serves 16
// threads. Bound by shared memory, some 5 % of the GPU's float32 rate. Bytes from memory: (m k n / 8 + m n) sizeof(T).
#include "launch/launch.cuh"
#include "matmul/direct.hpp"

namespace protolith::kernels::cuda {
namespace {

using Index = std::int64_t;

constexpr int tile = 16;

/// Where op(A) and op(B) lie: element (row, column) at row * row_step + column * column_step.
struct Operand {
    Index row_step, column_step;
};

template <class T, class Result>
__global__ void multiply_tiles(Index m, Index k, Index n, const T* __restrict__ a, Operand of_a,
                               const T* __restrict__ b, Operand of_b, Result* __restrict__ c) {
    using A = accumulator_t<T>;
    PROTOLITH_SHARED(left, A[tile][tile + 1]);  // one more: a column's elements lie in different banks
    PROTOLITH_SHARED(right, A[tile][tile + 1]);
    const int column = static_cast<int>(threadIdx.x), row = static_cast<int>(threadIdx.y);
    const Index columns = (n + tile - 1) / tile, tiles = (m + tile - 1) / tile * columns;
    for (Index at = blockIdx.x; at < tiles; at += gridDim.x) {
        const Index i = at / columns * tile + row, j = at % columns * tile + column;
        A sum = 0;
        for (Index first = 0; first < k; first += tile) {
            const Index l = first + column, r = first + row;
            left[row][column] = i < m && l < k ? static_cast<A>(a[i * of_a.row_step + l * of_a.column_step]) : A{0};
            right[row][column] = r < k && j < n ? static_cast<A>(b[r * of_b.row_step + j * of_b.column_step]) : A{0};
            __syncthreads();
            for (int s = 0; s < tile; ++s) sum += left[row][s] * right[s][column];
            __syncthreads();  // before the next tiles overwrite these
        }
        if (i < m && j < n) c[i * n + j] = static_cast<Result>(sum);
    }
}

template <class T, class Result>
void launch_tiles(Queue& queue, const Product& p, const void* a, const void* b, void* c) {
    const Operand of_a = p.transpose_a ? Operand{1, p.m} : Operand{p.k, 1};
    const Operand of_b = p.transpose_b ? Operand{1, p.k} : Operand{p.n, 1};
    const std::int64_t threads = (p.m + tile - 1) / tile * ((p.n + tile - 1) / tile) * tile * tile;
    launch(multiply_tiles<T, Result>, blocks_for(threads, tile * tile), dim3(tile, tile), 0, stream_of(queue), p.m, p.k,
           p.n, static_cast<const T*>(a), of_a, static_cast<const T*>(b), of_b, static_cast<Result*>(c));
}

}  // namespace

void direct_multiply(Queue& queue, const Product& p, const void* a, const void* b, void* c) {
    if (p.type == DataType::float64)
        launch_tiles<double, double>(queue, p, a, b, c);
    else if (p.type == DataType::float32)
        launch_tiles<float, float>(queue, p, a, b, c);
    else if (p.result == DataType::float32)
        launch_tiles<bfloat16, float>(queue, p, a, b, c);
    else
        launch_tiles<bfloat16, bfloat16>(queue, p, a, b, c);
}

}  // namespace protolith::kernels::cuda
