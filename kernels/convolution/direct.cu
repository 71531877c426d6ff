// One thread an element of the result, channels fastest, all sums in registers and in the order of the formula. Each
// product reads two operands from the caches, which is what bounds it: some 1 % of a tensor core's rate. Bytes from
// memory: those of x, w and y once, where the caches hold the rows in between.
#include "convolution/direct.hpp"
#include "launch/launch.cuh"

namespace protolith::kernels::cuda {
namespace {

using Index = std::int64_t;

/// The geometry as a kernel reads it.
struct Sizes {
    Index batch, C, K;
    Index x[3], y[3], kernel[3], stride[3], low[3];

    explicit Sizes(const ConvolutionGeometry& g) : batch(g.batch), C(g.in_channels), K(g.out_channels) {
        for (std::size_t d = 0; d < 3; ++d) {
            x[d] = g.x[d];
            y[d] = g.y[d];
            kernel[d] = g.kernel[d];
            stride[d] = g.stride[d];
            low[d] = g.low[d];
        }
    }
};

PROTOLITH_HOST_DEVICE Index product(const Index (&e)[3]) { return e[0] * e[1] * e[2]; }

/// Coordinates of the `flat`-th element of a box, width fastest.
PROTOLITH_HOST_DEVICE void unravel(Index flat, const Index (&extent)[3], Index (&at)[3]) {
    at[2] = flat % extent[2];
    at[1] = flat / extent[2] % extent[1];
    at[0] = flat / (extent[2] * extent[1]);
}

PROTOLITH_HOST_DEVICE Index ravel(const Index (&at)[3], const Index (&extent)[3]) {
    return (at[0] * extent[1] + at[1]) * extent[2] + at[2];
}

/// The pixel of x that the pixel `p` of y meets at `tap`, or -1 outside.
PROTOLITH_HOST_DEVICE Index met_by_y(const Sizes& s, const Index (&p)[3], const Index (&tap)[3]) {
    Index q[3];
    for (int d = 0; d < 3; ++d) {
        q[d] = p[d] * s.stride[d] - s.low[d] + tap[d];
        if (q[d] < 0 || q[d] >= s.x[d]) return -1;
    }
    return ravel(q, s.x);
}

/// The pixel of y that the pixel `q` of x meets at `tap`, or -1 where there is none.
PROTOLITH_HOST_DEVICE Index met_by_x(const Sizes& s, const Index (&q)[3], const Index (&tap)[3]) {
    Index p[3];
    for (int d = 0; d < 3; ++d) {
        const Index reached = q[d] + s.low[d] - tap[d];
        p[d] = reached / s.stride[d];
        if (reached < 0 || reached % s.stride[d] != 0 || p[d] >= s.y[d]) return -1;
    }
    return ravel(p, s.y);
}

/// Weights enter as the other operands do: rounded to T.
template <class T>
__device__ accumulator_t<T> rounded(accumulator_t<T> weight) {
    return static_cast<accumulator_t<T>>(static_cast<T>(weight));
}

template <class T>
__global__ void forward(Sizes s, const T* __restrict__ x, const accumulator_t<T>* __restrict__ w, T* __restrict__ y) {
    using A = accumulator_t<T>;
    const Index pixels = product(s.y), taps = product(s.kernel), count = s.batch * pixels * s.K;
    for (Index i = first_item(); i < count; i += item_stride()) {
        const Index k = i % s.K, n = i / s.K / pixels;
        Index p[3], tap[3];
        unravel(i / s.K % pixels, s.y, p);
        A sum = 0;
        for (Index t = 0; t < taps; ++t) {
            unravel(t, s.kernel, tap);
            const Index q = met_by_y(s, p, tap);
            if (q < 0) continue;
            const T* a = x + (n * product(s.x) + q) * s.C;
            const A* b = w + (k * taps + t) * s.C;
            for (Index c = 0; c < s.C; ++c) sum += static_cast<A>(a[c]) * rounded<T>(b[c]);
        }
        y[i] = static_cast<T>(sum);
    }
}

template <class T>
__global__ void data(Sizes s, const T* __restrict__ y, const accumulator_t<T>* __restrict__ w, T* __restrict__ x) {
    using A = accumulator_t<T>;
    const Index pixels = product(s.x), taps = product(s.kernel), count = s.batch * pixels * s.C;
    for (Index i = first_item(); i < count; i += item_stride()) {
        const Index c = i % s.C, n = i / s.C / pixels;
        Index q[3], tap[3];
        unravel(i / s.C % pixels, s.x, q);
        A sum = 0;
        for (Index t = 0; t < taps; ++t) {
            unravel(t, s.kernel, tap);
            const Index p = met_by_x(s, q, tap);
            if (p < 0) continue;
            const T* a = y + (n * product(s.y) + p) * s.K;
            for (Index k = 0; k < s.K; ++k) sum += static_cast<A>(a[k]) * rounded<T>(w[(k * taps + t) * s.C + c]);
        }
        x[i] = static_cast<T>(sum);
    }
}

/// Sums over all pixels of the batch are long: they are kept in double.
template <class T>
__global__ void weights(Sizes s, const T* __restrict__ x, const T* __restrict__ y, accumulator_t<T>* __restrict__ w) {
    using A = accumulator_t<T>;
    const Index pixels = product(s.y), taps = product(s.kernel), count = s.K * taps * s.C;
    for (Index i = first_item(); i < count; i += item_stride()) {
        const Index c = i % s.C, k = i / s.C / taps;
        Index p[3], tap[3];
        unravel(i / s.C % taps, s.kernel, tap);
        double sum = 0;
        for (Index n = 0; n < s.batch; ++n)
            for (Index pixel = 0; pixel < pixels; ++pixel) {
                unravel(pixel, s.y, p);
                const Index q = met_by_y(s, p, tap);
                if (q < 0) continue;
                sum += static_cast<double>(static_cast<A>(x[(n * product(s.x) + q) * s.C + c])) *
                       static_cast<double>(static_cast<A>(y[(n * pixels + pixel) * s.K + k]));
            }
        w[i] = static_cast<A>(sum);
    }
}

}  // namespace

template <class T>
void direct_convolve(Queue& queue, const ConvolutionGeometry& g, const T* x, const accumulator_t<T>* w, T* y) {
    launch(forward<T>, blocks_for(g.y_elements()), block_threads, 0, stream_of(queue), Sizes(g), x, w, y);
}

template <class T>
void direct_convolve_data(Queue& queue, const ConvolutionGeometry& g, const T* y, const accumulator_t<T>* w, T* x) {
    launch(data<T>, blocks_for(g.x_elements()), block_threads, 0, stream_of(queue), Sizes(g), y, w, x);
}

template <class T>
void direct_convolve_weights(Queue& queue, const ConvolutionGeometry& g, const T* x, const T* y, accumulator_t<T>* w) {
    launch(weights<T>, blocks_for(g.w_elements()), block_threads, 0, stream_of(queue), Sizes(g), x, y, w);
}

#define PROTOLITH_INSTANTIATE(T)                                                                                   \
    template void direct_convolve(Queue&, const ConvolutionGeometry&, const T*, const accumulator_t<T>*, T*);      \
    template void direct_convolve_data(Queue&, const ConvolutionGeometry&, const T*, const accumulator_t<T>*, T*); \
    template void direct_convolve_weights(Queue&, const ConvolutionGeometry&, const T*, const T*, accumulator_t<T>*);
PROTOLITH_INSTANTIATE(float)
PROTOLITH_INSTANTIATE(bfloat16)
PROTOLITH_INSTANTIATE(double)
#undef PROTOLITH_INSTANTIATE

}  // namespace protolith::kernels::cuda
