// Some lanes of a warp share a row: one for up to 4 channels, 4 for up to 16, all 32 beyond. Up to four channels a lane
// stay in registers, so that each element is read once; longer rows are read again from the caches. Largest value and
// sum by shuffles, in a fixed order.
// Bytes moved: softmax and its logarithm read x and write y once, the derivative reads y and g and writes d. Bound by
// memory.
#include "launch/launch.cuh"
#include "launch/reduce.cuh"
#include "pointwise/exponential.hpp"
#include "softmax/softmax.hpp"

#include <cmath>

namespace protolith::kernels::cuda {
namespace {

/// Channels of a lane that stay in registers.
constexpr int held = 4;

/// Over the `lanes` neighbouring lanes that share a row; all lanes of the warp must call it.
template <int lanes, class Combine, class A>
__device__ A of_row(A value, Combine combine) {
    for (int distance = lanes / 2; distance > 0; distance /= 2)
        value = combine(value, __shfl_xor_sync(full_warp, value, distance));
    return value;
}

/// The row of this lane at each turn: all lanes of a warp make the same turns, also those beyond the last row.
template <int lanes>
struct Turns {
    std::int64_t row = first_item() / lanes, step = item_stride() / lanes;
    int lane = static_cast<int>(threadIdx.x) % lanes, in_warp = static_cast<int>(threadIdx.x) % warp_threads / lanes;

    __device__ bool go_on(std::int64_t rows) const { return row - in_warp < rows; }
};

template <int lanes, bool logarithm, class T>
__global__ void softmax_rows(std::int64_t rows, int channels, const T* __restrict__ x, T* __restrict__ y) {
    using A = accumulator_t<T>;
    for (Turns<lanes> turn; turn.go_on(rows); turn.row += turn.step) {
        const int count = turn.row < rows ? channels : 0;
        const T* from = x + turn.row * channels;
        T* to = y + turn.row * channels;
        A values[held], top = -INFINITY, sum = 0;
        for (int k = 0; k < held; ++k) {
            const int c = turn.lane + k * lanes;
            values[k] = c < count ? static_cast<A>(from[c]) : A(-INFINITY);
            top = values[k] > top ? values[k] : top;
        }
        top = of_row<lanes>(top, Maximum{});
        for (int k = 0; k < held; ++k) {
            const bool inside = turn.lane + k * lanes < count;
            const A power = formula::exponential(values[k] - top);
            sum += inside ? power : A{0};
            if (!logarithm) values[k] = power;
        }
        sum = of_row<lanes>(sum, Sum{});
        const A by = logarithm ? std::log(sum) : A{1} / sum;
        for (int k = 0; k < held; ++k) {
            const int c = turn.lane + k * lanes;
            if (c < count) to[c] = static_cast<T>(logarithm ? values[k] - top - by : values[k] * by);
        }
    }
}

/// Rows of more than 128 channels, by a warp each.
template <bool logarithm, class T>
__global__ void softmax_long_rows(std::int64_t rows, int channels, const T* __restrict__ x, T* __restrict__ y) {
    using A = accumulator_t<T>;
    for (Turns<warp_threads> turn; turn.go_on(rows); turn.row += turn.step) {
        const T* from = x + turn.row * channels;
        T* to = y + turn.row * channels;
        A top = -INFINITY, sum = 0;
        for (int c = turn.lane; c < channels; c += warp_threads) {
            const A value = static_cast<A>(from[c]);
            top = value > top ? value : top;
        }
        top = warp_reduce(top, Maximum{});
        for (int c = turn.lane; c < channels; c += warp_threads)
            sum += formula::exponential(static_cast<A>(from[c]) - top);
        sum = warp_sum(sum);
        const A by = logarithm ? std::log(sum) : A{1} / sum;
        for (int c = turn.lane; c < channels; c += warp_threads) {
            const A value = static_cast<A>(from[c]) - top;
            to[c] = static_cast<T>(logarithm ? value - by : formula::exponential(value) * by);
        }
    }
}

template <int lanes, class T>
__global__ void derivative_rows(std::int64_t rows, int channels, const T* __restrict__ y, const T* __restrict__ g,
                                T* __restrict__ d) {
    using A = accumulator_t<T>;
    for (Turns<lanes> turn; turn.go_on(rows); turn.row += turn.step) {
        const int count = turn.row < rows ? channels : 0;
        const std::int64_t row = turn.row * channels;
        A sum = 0;
        for (int c = turn.lane; c < count; c += lanes) sum += static_cast<A>(y[row + c]) * static_cast<A>(g[row + c]);
        sum = of_row<lanes>(sum, Sum{});
        for (int c = turn.lane; c < count; c += lanes)
            d[row + c] = static_cast<T>(static_cast<A>(y[row + c]) * (static_cast<A>(g[row + c]) - sum));
    }
}

/// Calls call.operator()<lanes>() with the lanes that share a row.
template <class Call>
void with_lanes(std::int64_t channels, Call&& call) {
    if (channels <= held)
        call.template operator()<1>();
    else if (channels <= 4 * held)
        call.template operator()<4>();
    else
        call.template operator()<warp_threads>();
}

template <bool logarithm, class T>
void run_softmax(Queue& queue, std::int64_t rows, std::int64_t channels, const T* x, T* y) {
    if (channels > warp_threads * held)
        return launch(softmax_long_rows<logarithm, T>, blocks_for(rows * warp_threads), block_threads, 0,
                      stream_of(queue), rows, static_cast<int>(channels), x, y);
    with_lanes(channels, [&]<int lanes>() {
        launch(softmax_rows<lanes, logarithm, T>, blocks_for(rows * lanes), block_threads, 0, stream_of(queue), rows,
               static_cast<int>(channels), x, y);
    });
}

}  // namespace

template <class T>
void softmax(Queue& queue, std::int64_t rows, std::int64_t channels, const T* x, T* y) {
    run_softmax<false>(queue, rows, channels, x, y);
}

template <class T>
void log_softmax(Queue& queue, std::int64_t rows, std::int64_t channels, const T* x, T* y) {
    run_softmax<true>(queue, rows, channels, x, y);
}

template <class T>
void softmax_derivative(Queue& queue, std::int64_t rows, std::int64_t channels, const T* y, const T* g, T* d) {
    with_lanes(channels, [&]<int lanes>() {
        launch(derivative_rows<lanes, T>, blocks_for(rows * lanes), block_threads, 0, stream_of(queue), rows,
               static_cast<int>(channels), y, g, d);
    });
}

// clang-format off
#define PROTOLITH_SOFTMAX_TYPE(T)                                                                                      \
    template void softmax(Queue&, std::int64_t, std::int64_t, const T*, T*);                                           \
    template void log_softmax(Queue&, std::int64_t, std::int64_t, const T*, T*);                                       \
    template void softmax_derivative(Queue&, std::int64_t, std::int64_t, const T*, const T*, T*);
// clang-format on
PROTOLITH_SOFTMAX_TYPE(float)
PROTOLITH_SOFTMAX_TYPE(bfloat16)
PROTOLITH_SOFTMAX_TYPE(double)
#undef PROTOLITH_SOFTMAX_TYPE

}  // namespace protolith::kernels::cuda
