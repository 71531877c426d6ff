// A thread makes neighbouring channels of one place: max_pool reads its window, pool_gather the chosen elements alone,
// pool_scatter looks into the windows that hold its place, so that no two threads add to one element and the order of
// the sums is fixed.
// Bytes moved, with places of one byte: max_pool reads x once (windows that overlap share it in the caches) and writes
// y and its places; pool_gather reads those elements of x and the places and writes y; pool_scatter reads y and its
// places once for windows that do not overlap and writes x. Bound by memory.
#include "launch/items.cuh"
#include "launch/launch.cuh"
#include "launch/vector.cuh"
#include "pool/max_pool.hpp"
#include "pool/windows.hpp"

namespace protolith::kernels::cuda {
namespace {

/// PoolGeometry in the numbers that index faster, with divisors for the side that is counted.
template <class Index>
struct Plan {
    Plan(const PoolGeometry& g, const std::int64_t* counted, int count)
        : channels(g.channels),
          vectors(g.channels / count),
          width(counted[2]),
          height(counted[1]),
          depth(counted[0]),
          window_height(g.window[1]),
          window_width(g.window[2]) {
        for (int a = 0; a < 3; ++a) {
            in[a] = static_cast<int>(g.in[a]), out[a] = static_cast<int>(g.out[a]);
            window[a] = static_cast<int>(g.window[a]);
            stride[a] = static_cast<int>(g.stride[a]), pad[a] = static_cast<int>(g.pad[a]);
        }
    }

    std::int64_t channels;
    int in[3], out[3], window[3], stride[3], pad[3];
    Divisor<Index> vectors, width, height, depth;
    Divisor<std::uint32_t> window_height, window_width;
};

/// A place of the counted side, and its first channel.
struct Place {
    std::int64_t image, channel;
    int at[3];
};

template <int count, class Index>
__device__ Place place_of(const Plan<Index>& plan, Index item) {
    const auto [pixel, vector] = plan.vectors(item);
    const auto [row, w] = plan.width(pixel);
    const auto [slab, h] = plan.height(row);
    const auto [image, d] = plan.depth(slab);
    return {static_cast<std::int64_t>(image),
            static_cast<std::int64_t>(vector) * count,
            {static_cast<int>(d), static_cast<int>(h), static_cast<int>(w)}};
}

/// Element of the pixel (d, h, w) of an array of spatial sizes `size` where the place's channels start.
template <class Index>
__device__ std::int64_t element_at(const Plan<Index>& plan, const int* size, const Place& p, int d, int h, int w) {
    return (((p.image * size[0] + d) * size[1] + h) * size[2] + w) * plan.channels + p.channel;
}

/// First place, which may lie in the padding, of the window of output `o`.
template <class Index>
__device__ int window_start(const Plan<Index>& plan, int axis, int o) {
    return o * plan.stride[axis] - plan.pad[axis];
}

/// Makes `value` at `place` the best one so far where it is the first, larger, or the first NaN.
template <class A>
__device__ void compete(bool first, A value, int place, A& best, int& won) {
    const bool better = first || value > best || (value != value && best == best);
    best = better ? value : best;
    won = better ? place : won;
}

template <int count, class T, class Index>
__global__ void take_largest(Index items, Plan<Index> g, const T* __restrict__ x, T* __restrict__ y,
                             std::uint8_t* __restrict__ place) {
    using A = accumulator_t<T>;
    for (Index item = thread_index<Index>(); item < items; item += thread_count<Index>()) {
        const Place p = place_of<count>(g, item);
        const int from_d = window_start(g, 0, p.at[0]), from_h = window_start(g, 1, p.at[1]);
        const int from_w = window_start(g, 2, p.at[2]);
        A best[count] = {};
        int won[count] = {}, here = -1;
        bool first = true;
        for (int d = from_d; d < from_d + g.window[0]; ++d)
            for (int h = from_h; h < from_h + g.window[1]; ++h)
                for (int w = from_w; w < from_w + g.window[2]; ++w) {
                    ++here;
                    if (d < 0 || d >= g.in[0] || h < 0 || h >= g.in[1] || w < 0 || w >= g.in[2]) continue;
                    T values[count];
                    read<count>(x + element_at(g, g.in, p, d, h, w), values);
                    for (int v = 0; v < count; ++v) compete(first, static_cast<A>(values[v]), here, best[v], won[v]);
                    first = false;
                }
        T largest[count];
        std::uint8_t places[count];
        for (int v = 0; v < count; ++v) {
            largest[v] = static_cast<T>(best[v]);
            places[v] = static_cast<std::uint8_t>(won[v]);
        }
        const std::int64_t to = static_cast<std::int64_t>(item) * count;
        write<count>(largest, y + to);
        write<count>(places, place + to);
    }
}

template <int count, class T, class Index>
__global__ void gather_windows(Index items, Plan<Index> g, const T* __restrict__ x,
                               const std::uint8_t* __restrict__ place, T* __restrict__ y) {
    for (Index item = thread_index<Index>(); item < items; item += thread_count<Index>()) {
        const Place p = place_of<count>(g, item);
        const std::int64_t to = static_cast<std::int64_t>(item) * count;
        std::uint8_t places[count];
        read<count>(place + to, places);
        T found[count];
        for (int v = 0; v < count; ++v) {
            const auto [row, k] = g.window_width(places[v]);
            const auto [i, j] = g.window_height(row);
            found[v] = x[element_at(g, g.in, p, window_start(g, 0, p.at[0]) + static_cast<int>(i),
                                    window_start(g, 1, p.at[1]) + static_cast<int>(j),
                                    window_start(g, 2, p.at[2]) + static_cast<int>(k)) +
                         v];
        }
        write<count>(found, y + to);
    }
}

template <int count, class T, class Index>
__global__ void scatter_windows(Index items, Plan<Index> g, const T* __restrict__ y,
                                const std::uint8_t* __restrict__ place, T* __restrict__ x) {
    using A = accumulator_t<T>;
    for (Index item = thread_index<Index>(); item < items; item += thread_count<Index>()) {
        const Place p = place_of<count>(g, item);
        Windows<int> over[3];
        for (int a = 0; a < 3; ++a) over[a] = windows_over(p.at[a], g.out[a], g.window[a], g.stride[a], g.pad[a]);
        A sums[count] = {};
        for (int d = over[0].first; d < over[0].last; ++d)
            for (int h = over[1].first; h < over[1].last; ++h)
                for (int w = over[2].first; w < over[2].last; ++w) {
                    const int in_d = p.at[0] - window_start(g, 0, d), in_h = p.at[1] - window_start(g, 1, h);
                    const int here = (in_d * g.window[1] + in_h) * g.window[2] + p.at[2] - window_start(g, 2, w);
                    const std::int64_t from = element_at(g, g.out, p, d, h, w);
                    std::uint8_t places[count];
                    T values[count];
                    read<count>(place + from, places);
                    read<count>(y + from, values);
                    for (int v = 0; v < count; ++v) sums[v] += places[v] == here ? static_cast<A>(values[v]) : A{0};
                }
        T total[count];
        for (int v = 0; v < count; ++v) total[v] = static_cast<T>(sums[v]);
        write<count>(total, x + static_cast<std::int64_t>(item) * count);
    }
}

/// Calls call.operator()<count, Index>(items) for the places of an array of spatial sizes `size`, `count` channels a
/// thread: 16 bytes where channels and addresses allow it.
template <class T, class Call>
void over_places(const PoolGeometry& g, const std::int64_t* size, const T* a, const T* b, const std::uint8_t* place,
                 Call&& call) {
    const std::int64_t elements = g.images * size[0] * size[1] * size[2] * g.channels;
    const auto run = [&]<int count>() {
        with_index<T>(elements / count,
                      [&]<class Index>() { call.template operator()<count, Index>(elements / count); });
    };
    if (g.channels % widest<T> == 0 && aligned(16, a, b) && aligned(widest<T>, place))
        run.template operator()<widest<T>>();
    else
        run.template operator()<1>();
}

}  // namespace

template <class T>
void max_pool(Queue& queue, const PoolGeometry& g, const T* x, T* y, std::uint8_t* place) {
    over_places(g, g.out, x, y, place, [&]<int count, class Index>(std::int64_t items) {
        launch(take_largest<count, T, Index>, blocks_for(items), block_threads, 0, stream_of(queue),
               static_cast<Index>(items), Plan<Index>(g, g.out, count), x, y, place);
    });
}

template <class T>
void pool_gather(Queue& queue, const PoolGeometry& g, const T* x, const std::uint8_t* place, T* y) {
    over_places(g, g.out, x, y, place, [&]<int count, class Index>(std::int64_t items) {
        launch(gather_windows<count, T, Index>, blocks_for(items), block_threads, 0, stream_of(queue),
               static_cast<Index>(items), Plan<Index>(g, g.out, count), x, place, y);
    });
}

template <class T>
void pool_scatter(Queue& queue, const PoolGeometry& g, const T* y, const std::uint8_t* place, T* x) {
    over_places(g, g.in, y, x, place, [&]<int count, class Index>(std::int64_t items) {
        launch(scatter_windows<count, T, Index>, blocks_for(items), block_threads, 0, stream_of(queue),
               static_cast<Index>(items), Plan<Index>(g, g.in, count), y, place, x);
    });
}

// clang-format off
#define PROTOLITH_POOL_TYPE(T)                                                                                         \
    template void max_pool(Queue&, const PoolGeometry&, const T*, T*, std::uint8_t*);                                  \
    template void pool_gather(Queue&, const PoolGeometry&, const T*, const std::uint8_t*, T*);                         \
    template void pool_scatter(Queue&, const PoolGeometry&, const T*, const std::uint8_t*, T*);
// clang-format on
PROTOLITH_POOL_TYPE(float)
PROTOLITH_POOL_TYPE(bfloat16)
PROTOLITH_POOL_TYPE(double)
#undef PROTOLITH_POOL_TYPE

}  // namespace protolith::kernels::cuda
