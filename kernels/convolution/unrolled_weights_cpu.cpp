#include "convolution/unrolled.hpp"
#include "convolution/unrolled_side.hpp"
#include "onednn/product.hpp"

#include <algorithm>

namespace protolith::kernels::cpu {
namespace {

using onednn::Product;

constexpr std::int64_t chunk_bytes = std::int64_t{16} << 20;  // the result is read and written once per chunk

/// result (m, n) = the sum over pixels of left[pixel, m] right[pixel, n].
template <class T>
Product sum_over_pixels(std::int64_t m, std::int64_t pixels, std::int64_t n, bool accumulate) {
    return {.m = m, .k = pixels, .n = n, .transpose_a = true, .accumulate = accumulate, .type = data_type_of<T>()};
}

/// w (K, taps, C) = y^T . unrolled(x); or its transpose first, if that has fewer rows, for the library copies the left
/// operand.
template <class T>
void with_x_unrolled(Queue& queue, const ConvolutionGeometry& g, const T* x, const T* y, float* w) {
    const TapRelation r = x_met_by_y(g);
    const std::int64_t C = g.in_channels, K = g.out_channels, width = r.target[2], row = r.taps() * C;
    const std::int64_t all = r.lines(g.batch), line_bytes = width * row * static_cast<std::int64_t>(sizeof(T));
    const bool direct = unrolled_already(g), swapped = row < K;
    const std::int64_t chunk = direct ? all : chunk_lines(r, g.batch, line_bytes, chunk_bytes);
    const Scratch columns(queue, direct ? 0 : chunk * line_bytes), result(queue, swapped ? row * K * sizeof(float) : 0);
    for (std::int64_t begin = 0; begin < all; begin += chunk) {
        const std::int64_t end = std::min(begin + chunk, all), pixels = (end - begin) * width;
        if (!direct) expand(queue, r, x, C, begin, end, columns.as<T>());
        const T *unrolled = direct ? x : columns.as<T>(), *part = y + begin * width * K;
        if (swapped)
            onednn::multiply(queue, sum_over_pixels<T>(row, pixels, K, begin > 0), unrolled, part, result.as<float>());
        else
            onednn::multiply(queue, sum_over_pixels<T>(K, pixels, row, begin > 0), part, unrolled, w);
    }
    for (std::int64_t k = 0; swapped && k < K; ++k)
        for (std::int64_t i = 0; i < row; ++i) w[k * row + i] = result.as<float>()[i * K + k];
}

/// (taps, K, C) = unrolled(y)^T . x, then w (K, taps, C)
template <class T>
void with_y_unrolled(Queue& queue, const ConvolutionGeometry& g, const T* x, const T* y, float* w) {
    const TapRelation r = y_met_by_x(g);
    const std::int64_t C = g.in_channels, K = g.out_channels, width = r.target[2], row = r.taps() * K;
    const std::int64_t all = r.lines(g.batch), line_bytes = width * row * static_cast<std::int64_t>(sizeof(T));
    const std::int64_t chunk = chunk_lines(r, g.batch, line_bytes, chunk_bytes);
    const Scratch columns(queue, chunk * line_bytes), result(queue, g.w_elements() * sizeof(float));
    for (std::int64_t begin = 0; begin < all; begin += chunk) {
        const std::int64_t end = std::min(begin + chunk, all);
        expand(queue, r, y, K, begin, end, columns.as<T>());
        onednn::multiply(queue, sum_over_pixels<T>(row, (end - begin) * width, C, begin > 0), columns.as<T>(),
                         x + begin * width * C, result.as<float>());
    }
    for (std::int64_t k = 0; k < K; ++k)
        for (std::int64_t t = 0; t < g.taps(); ++t)
            std::copy_n(result.as<float>() + (t * K + k) * C, C, w + (k * g.taps() + t) * C);
}

}  // namespace

template <class T>
void unrolled_convolve_weights(Queue& queue, const ConvolutionGeometry& g, const T* x, const T* y, float* w) {
    if (side_of_convolve_weights(g) == UnrolledSide::x)
        with_x_unrolled(queue, g, x, y, w);
    else
        with_y_unrolled(queue, g, x, y, w);
}

template void unrolled_convolve_weights(Queue&, const ConvolutionGeometry&, const float*, const float*, float*);
template void unrolled_convolve_weights(Queue&, const ConvolutionGeometry&, const bfloat16*, const bfloat16*, float*);

}  // namespace protolith::kernels::cpu
