// Adam: reads g, m, v, w and writes m, v, w once, 28 bytes a float weight; memory bandwidth bounds it.
#include "optimise/adam.hpp"
#include "optimise/adam_formula.hpp"
#include "pointwise/elements.cuh"

namespace protolith::kernels::cuda {
namespace {

template <int N, class T>
__device__ void step_weights(const formula::Adam<T>& formula, std::int64_t at, const T* g, T* m, T* v, T* w) {
    T gradient[N], first[N], second[N], weight[N];
    load_elements<N>(g + at, gradient);
    load_elements<N>(m + at, first);
    load_elements<N>(v + at, second);
    load_elements<N>(w + at, weight);
#pragma unroll
    for (int j = 0; j < N; ++j) formula(gradient[j], first[j], second[j], weight[j]);
    store_elements<N>(m + at, first);
    store_elements<N>(v + at, second);
    store_elements<N>(w + at, weight);
}

template <class T>
__global__ void __launch_bounds__(block_threads)
    adam_weights(formula::Adam<T> formula, std::int64_t packs, std::int64_t count, const T* g, T* m, T* v, T* w) {
    constexpr int N = pack_of<T>;
    for (std::int64_t pack = first_item(); pack < packs; pack += item_stride())
        step_weights<N>(formula, pack * N, g, m, v, w);
    for (std::int64_t i = packs * N + first_item(); i < count; i += item_stride())
        step_weights<1>(formula, i, g, m, v, w);
}

}  // namespace

template <class T>
void adam(Queue& queue, const AdamStep& by, const T* g, T* m, T* v, T* w, std::int64_t count) {
    const std::int64_t packs = packs_of<pack_of<T>>(count, g, m, v, w);
    launch(adam_weights<T>, blocks_for(packs > 0 ? packs : count), block_threads, 0, stream_of(queue),
           formula::Adam<T>(by), packs, count, g, m, v, w);
}

template void adam(Queue&, const AdamStep&, const float*, float*, float*, float*, std::int64_t);
template void adam(Queue&, const AdamStep&, const double*, double*, double*, double*, std::int64_t);

}  // namespace protolith::kernels::cuda
