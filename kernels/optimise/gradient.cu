// Bytes an element: add_squared_norm size_of(T), clip 2 · size_of(T) where it changes anything and none otherwise,
// find_non_finite size_of(T); memory bandwidth bounds them. Nothing waits for the host.
#include "optimise/gradient.hpp"
#include "optimise/gradient_formula.hpp"
#include "pointwise/elementwise.cuh"
#include "pointwise/formulas.hpp"
#include "reduce/sum.cuh"

namespace protolith::kernels::cuda {
namespace {

struct AddToTotal {
    double* total;
    __device__ void operator()(int, std::int64_t, double sum) const { *total += sum; }
};

template <class T>
__global__ void __launch_bounds__(block_threads)
    clip_elements(const double* squared_norm, double limit, std::int64_t packs, std::int64_t count, T* g) {
    const double factor = formula::clip_factor(*squared_norm, limit);
    if (factor >= 1) return;
    const formula::Scale scale{factor};
    constexpr int N = pack_of<T>;
    for (std::int64_t pack = first_item(); pack < packs; pack += item_stride())
        apply<N>(scale, Inputs<T, 1>{{g}}, pack * N, g);
    for (std::int64_t i = packs * N + first_item(); i < count; i += item_stride())
        apply<1>(scale, Inputs<T, 1>{{g}}, i, g);
}

/// Every thread that finds one writes the same.
template <class T>
__global__ void __launch_bounds__(block_threads)
    look_for_non_finite(const T* x, std::int64_t packs, std::int64_t count, std::int32_t* found) {
    constexpr int N = pack_of<T>;
    bool any = false;
    for (std::int64_t pack = first_item(); pack < packs; pack += item_stride()) {
        const Packed<T> values = load_packed(x + pack * N);
#pragma unroll
        for (int j = 0; j < N; ++j) any |= formula::is_non_finite(values[j]);
    }
    for (std::int64_t i = packs * N + first_item(); i < count; i += item_stride()) any |= formula::is_non_finite(x[i]);
    if (any) *found = 1;
}

}  // namespace

template <class T>
void add_squared_norm(Queue& queue, const T* g, std::int64_t count, double* total) {
    if (count == 0) return;
    reduce_terms(queue, Groups{1, count, 1}, formula::SquaredValue{}, Inputs<T, 1>{{g}}, RowArrays<T, 0>{},
                 AddToTotal{total});
}

template <class T>
void clip(Queue& queue, const double* squared_norm, double limit, T* g, std::int64_t count) {
    const std::int64_t packs = packs_of<pack_of<T>>(count, g);
    launch(clip_elements<T>, blocks_for(packs > 0 ? packs : count), block_threads, 0, stream_of(queue), squared_norm,
           limit, packs, count, g);
}

template <class T>
void find_non_finite(Queue& queue, const T* x, std::int64_t count, std::int32_t* found) {
    const std::int64_t packs = packs_of<pack_of<T>>(count, x);
    launch(look_for_non_finite<T>, blocks_for(packs > 0 ? packs : count), block_threads, 0, stream_of(queue), x, packs,
           count, found);
}

template void add_squared_norm(Queue&, const float*, std::int64_t, double*);
template void add_squared_norm(Queue&, const double*, std::int64_t, double*);
template void clip(Queue&, const double*, double, float*, std::int64_t);
template void clip(Queue&, const double*, double, double*, std::int64_t);
template void find_non_finite(Queue&, const float*, std::int64_t, std::int32_t*);
template void find_non_finite(Queue&, const bfloat16*, std::int64_t, std::int32_t*);
template void find_non_finite(Queue&, const double*, std::int64_t, std::int32_t*);

}  // namespace protolith::kernels::cuda
