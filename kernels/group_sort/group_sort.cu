// Pairs: a thread takes 16 bytes of them; swapping is its own inverse, so the gather of pairs is also their scatter.
// Larger groups: a thread takes one element and counts those that come before it, which is where it goes: no sorting in
// memory, and no thread waits for another. Groups that divide a warp compare through shuffles, others through the
// caches. Bytes moved: elements read once and written once, and the places (one byte for a pair, else for every
// element) written by the sort and read by gather and scatter. Bound by memory; from some 64 channels a group on by the
// comparisons.
#include "group_sort/group_sort.hpp"
#include "launch/items.cuh"
#include "launch/launch.cuh"
#include "launch/reduce.cuh"
#include "launch/vector.cuh"

#include <algorithm>

namespace protolith::kernels::cuda {
namespace {

/// Swaps the pair where it is out of order; tells whether.
template <class T>
__device__ bool sort_pair(T& a, T& b) {
    using A = accumulator_t<T>;
    const bool swap = static_cast<A>(a) > static_cast<A>(b);
    const T first = swap ? b : a;
    b = swap ? a : b;
    a = first;
    return swap;
}

/// `vectors` of `count` elements, then single pairs up to `pairs`.
template <int count, class T>
__global__ void sort_pairs(std::int64_t vectors, std::int64_t pairs, const T* __restrict__ x, T* __restrict__ y,
                           std::uint8_t* __restrict__ swapped) {
    constexpr int each = count / 2;
    for (std::int64_t vector = first_item(); vector < vectors; vector += item_stride()) {
        const std::int64_t at = vector * each;
        T values[count];
        std::uint8_t marks[each];
        read<count>(x + 2 * at, values);
        for (int p = 0; p < each; ++p) marks[p] = sort_pair(values[2 * p], values[2 * p + 1]);
        write<count>(values, y + 2 * at);
        write<each>(marks, swapped + at);
    }
    for (std::int64_t at = vectors * each + first_item(); at < pairs; at += item_stride()) {
        T a = x[2 * at], b = x[2 * at + 1];
        swapped[at] = sort_pair(a, b);
        y[2 * at] = a;
        y[2 * at + 1] = b;
    }
}

/// y = x with the marked pairs swapped.
template <int count, class T>
__global__ void swap_pairs(std::int64_t vectors, std::int64_t pairs, const T* __restrict__ x,
                           const std::uint8_t* __restrict__ swapped, T* __restrict__ y) {
    constexpr int each = count / 2;
    for (std::int64_t vector = first_item(); vector < vectors; vector += item_stride()) {
        const std::int64_t at = vector * each;
        T values[count], ordered[count];
        std::uint8_t marks[each];
        read<count>(x + 2 * at, values);
        read<each>(swapped + at, marks);
        for (int p = 0; p < each; ++p) {
            ordered[2 * p] = marks[p] != 0 ? values[2 * p + 1] : values[2 * p];
            ordered[2 * p + 1] = marks[p] != 0 ? values[2 * p] : values[2 * p + 1];
        }
        write<count>(ordered, y + 2 * at);
    }
    for (std::int64_t at = vectors * each + first_item(); at < pairs; at += item_stride()) {
        const bool swap = swapped[at] != 0;
        y[2 * at] = x[2 * at + (swap ? 1 : 0)];
        y[2 * at + 1] = x[2 * at + (swap ? 0 : 1)];
    }
}

/// Whether value a at place i stands before b at place j in the sorted group: an order of all values, NaN last, so that
/// no two elements go to one place.
template <class A>
__device__ bool before(A a, int i, A b, int j) {
    const bool nan_a = a != a, nan_b = b != b;
    return nan_a != nan_b ? nan_b : a < b || (!(b < a) && i < j);
}

/// Groups of `size` lanes of a warp.
template <int size, class T>
__global__ void sort_in_warps(std::int64_t elements, const T* __restrict__ x, T* __restrict__ y,
                              std::uint8_t* __restrict__ places) {
    const int lane = static_cast<int>(threadIdx.x) % warp_threads, place = lane % size;
    // all lanes of a warp make the same turns
    for (std::int64_t e = first_item(); e - lane < elements; e += item_stride()) {
        const bool inside = e < elements;
        const T element = inside ? x[e] : T(0.0F);
        const auto value = static_cast<accumulator_t<T>>(element);
        int rank = 0;
        for (int k = 1; k < size; ++k) {
            const auto other = __shfl_xor_sync(full_warp, value, k);
            rank += before(other, place ^ k, value, place) ? 1 : 0;
        }
        if (!inside) continue;
        y[e - place + rank] = element;
        places[e - place + rank] = static_cast<std::uint8_t>(place);
    }
}

/// Groups of any size.
template <class T, class Index>
__global__ void sort_groups(Index elements, Divisor<Index> size, const T* __restrict__ x, T* __restrict__ y,
                            std::uint8_t* __restrict__ places) {
    using A = accumulator_t<T>;
    const int members = static_cast<int>(size.value());
    for (Index e = thread_index<Index>(); e < elements; e += thread_count<Index>()) {
        const int place = static_cast<int>(size(e).remainder);
        const std::int64_t group = static_cast<std::int64_t>(e) - place;
        const A value = static_cast<A>(x[e]);
        int rank = 0;
        for (int j = 0; j < members; ++j) rank += before(static_cast<A>(x[group + j]), j, value, place) ? 1 : 0;
        y[group + rank] = x[e];
        places[group + rank] = static_cast<std::uint8_t>(place);
    }
}

/// y = x at the places of its group, or the inverse.
template <bool inverse, class T, class Index>
__global__ void move_in_groups(Index elements, Divisor<Index> size, const T* __restrict__ x,
                               const std::uint8_t* __restrict__ places, T* __restrict__ y) {
    for (Index e = thread_index<Index>(); e < elements; e += thread_count<Index>()) {
        const Index other = e - size(e).remainder + places[e];
        if (inverse)
            y[other] = x[e];
        else
            y[e] = x[other];
    }
}

/// Calls call(vectors, items): pairs by vectors of 16 bytes where the addresses allow it.
template <class T, class Call>
void over_pairs(std::int64_t pairs, const T* x, const T* y, const std::uint8_t* swapped, Call&& call) {
    constexpr int each = widest<T> / 2;
    const std::int64_t vectors = aligned(16, x, y) && aligned(each, swapped) ? pairs / each : 0;
    call(vectors, std::max(vectors, pairs - vectors * each));
}

template <class T>
void swap_marked(Queue& queue, std::int64_t pairs, const T* x, const std::uint8_t* swapped, T* y) {
    over_pairs(pairs, x, y, swapped, [&](std::int64_t vectors, std::int64_t items) {
        launch(swap_pairs<widest<T>, T>, blocks_for(items), block_threads, 0, stream_of(queue), vectors, pairs, x,
               swapped, y);
    });
}

template <bool inverse, class T>
void move(Queue& queue, std::int64_t groups, std::int64_t size, const T* x, const std::uint8_t* places, T* y) {
    if (size == 2) return swap_marked(queue, groups, x, places, y);
    with_index<T>(groups * size, [&]<class Index>() {
        launch(move_in_groups<inverse, T, Index>, blocks_for(groups * size), block_threads, 0, stream_of(queue),
               static_cast<Index>(groups * size), Divisor<Index>(size), x, places, y);
    });
}

template <int size, class T>
void sort_by_warps(Queue& queue, std::int64_t elements, const T* x, T* y, std::uint8_t* places) {
    launch(sort_in_warps<size, T>, blocks_for(elements), block_threads, 0, stream_of(queue), elements, x, y, places);
}

}  // namespace

template <class T>
void group_sort(Queue& queue, std::int64_t groups, std::int64_t size, const T* x, T* y, std::uint8_t* places) {
    const std::int64_t elements = groups * size;
    if (size == 4) return sort_by_warps<4>(queue, elements, x, y, places);
    if (size == 8) return sort_by_warps<8>(queue, elements, x, y, places);
    if (size == 16) return sort_by_warps<16>(queue, elements, x, y, places);
    if (size == 32) return sort_by_warps<32>(queue, elements, x, y, places);
    if (size == 2)
        return over_pairs(groups, x, y, places, [&](std::int64_t vectors, std::int64_t items) {
            launch(sort_pairs<widest<T>, T>, blocks_for(items), block_threads, 0, stream_of(queue), vectors, groups, x,
                   y, places);
        });
    with_index<T>(elements, [&]<class Index>() {
        launch(sort_groups<T, Index>, blocks_for(elements), block_threads, 0, stream_of(queue),
               static_cast<Index>(elements), Divisor<Index>(size), x, y, places);
    });
}

template <class T>
void group_gather(Queue& queue, std::int64_t groups, std::int64_t size, const T* x, const std::uint8_t* places, T* y) {
    move<false>(queue, groups, size, x, places, y);
}

template <class T>
void group_scatter(Queue& queue, std::int64_t groups, std::int64_t size, const T* y, const std::uint8_t* places, T* x) {
    move<true>(queue, groups, size, y, places, x);
}

// clang-format off
#define PROTOLITH_GROUP_TYPE(T)                                                                                        \
    template void group_sort(Queue&, std::int64_t, std::int64_t, const T*, T*, std::uint8_t*);                         \
    template void group_gather(Queue&, std::int64_t, std::int64_t, const T*, const std::uint8_t*, T*);                 \
    template void group_scatter(Queue&, std::int64_t, std::int64_t, const T*, const std::uint8_t*, T*);
// clang-format on
PROTOLITH_GROUP_TYPE(float)
PROTOLITH_GROUP_TYPE(bfloat16)
PROTOLITH_GROUP_TYPE(double)
#undef PROTOLITH_GROUP_TYPE

}  // namespace protolith::kernels::cuda
