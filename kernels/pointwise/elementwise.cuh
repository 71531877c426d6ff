// A formula over whole arrays: y[i] = formula(x[i]…). Every array is read or written once, coalesced, 16 bytes of the
// narrower type a thread, and little is computed: memory bandwidth bounds it.
#pragma once

#include "pointwise/elements.cuh"

namespace protolith::kernels::cuda {

/// N elements from `at` on. The inputs are read before y is written: y may be one of them.
template <int N, class Formula, class X, int I, class Y>
__device__ void apply(const Formula& formula, const Inputs<X, I>& x, std::int64_t at, Y* y) {
    using A = accumulator_t<Y>;
    Values<A, I, N> values;
    load_inputs(x, at, values);
    A result[N];
#pragma unroll
    for (int j = 0; j < N; ++j) result[j] = call(formula, values, j, Values<A, 0, 1>{}, 0);
    store_elements<N>(y + at, result);
}

/// Elements [0, packs · N) by packs, the rest one by one.
template <class Formula, class X, int I, class Y>
__global__ void __launch_bounds__(block_threads, least_blocks)
    map_elements(Formula formula, Inputs<X, I> x, std::int64_t packs, std::int64_t count, Y* y) {
    constexpr int N = pack_of<X, Y>;
    for (std::int64_t pack = first_item(); pack < packs; pack += item_stride()) apply<N>(formula, x, pack * N, y);
    for (std::int64_t i = packs * N + first_item(); i < count; i += item_stride()) apply<1>(formula, x, i, y);
}

/// y[i] = formula(x[i]…) for i < count; arithmetic in accumulator_t<Y>.
template <class Formula, class X, int I, class Y>
void launch_map(Queue& queue, const Formula& formula, const Inputs<X, I>& x, Y* y, std::int64_t count,
                const std::source_location& where = std::source_location::current()) {
    const std::int64_t packs = x.aligned() ? packs_of<pack_of<X, Y>>(count, y) : 0;
    launch(map_elements<Formula, X, I, Y>, Grid(blocks_for(packs > 0 ? packs : count), where), block_threads, 0,
           stream_of(queue), formula, x, packs, count, y);
}

}  // namespace protolith::kernels::cuda
