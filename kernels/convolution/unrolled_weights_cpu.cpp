#include "convolution/line_shares.hpp"
#include "convolution/unrolled.hpp"
#include "convolution/unrolled_side.hpp"
#include "onednn/product.hpp"

#include <algorithm>
#include <vector>

namespace protolith::kernels::cpu {
namespace {

using onednn::Product;

constexpr std::int64_t chunk_bytes = std::int64_t{16} << 20;  // the result is read and written once per chunk

/// result (m, n) = the sum over pixels of left[pixel, m] right[pixel, n].
template <class T>
Product sum_over_pixels(std::int64_t m, std::int64_t pixels, std::int64_t n, bool accumulate) {
    return {.m = m, .k = pixels, .n = n, .transpose_a = true, .accumulate = accumulate, .type = data_type_of<T>()};
}

/// sums (m, n) = left^T right over the pixels of all chunks; left(begin, end, share) and right(…) give the operands of
/// some lines.
template <class T, class Left, class Right>
void sum_chunks(Queue& queue, const LineShares& shares, std::int64_t width, std::int64_t m, std::int64_t n,
                const Left& left, const Right& right, float* sums) {
    const std::int64_t size = m * n;
    const Scratch others(queue, (shares.count() - 1) * size * sizeof(float));
    const auto made = [&](std::int64_t lines, bool accumulate, int callers) {
        Product product = sum_over_pixels<T>(m, lines * width, n, accumulate);
        product.on_one_thread = shares.count() > 1;
        return onednn::ReadyProduct(queue, product, callers);
    };
    onednn::ReadyProduct first = made(shares.chunk(), false, shares.count()),
                         further = made(shares.chunk(), true, shares.count());
    onednn::ReadyProduct last = made(shares.last_chunk(), shares.last_is_further(), 1);
    std::vector<char> started(shares.count(), 0);
    shares.run(queue, [&](std::int64_t begin, std::int64_t end, int share) {
        float* sum = share == 0 ? sums : others.as<float>() + (share - 1) * size;
        const T *a = left(begin, end, share), *b = right(begin, end, share);
        if (end - begin < shares.chunk())
            last(a, b, sum);
        else
            (started[share] ? further : first)(a, b, sum, nullptr, share);
        started[share] = 1;
    });
    for (int share = 1; share < shares.count(); ++share)
        for (std::int64_t i = 0; i < size; ++i) sums[i] += others.as<float>()[(share - 1) * size + i];
}

/// w (K, taps, C) = y^T . unrolled(x); or its transpose first, if that has fewer rows, for the library copies the left
/// operand.
template <class T>
void with_x_unrolled(Queue& queue, const ConvolutionGeometry& g, const T* x, const T* y, float* w) {
    const TapRelation r = x_met_by_y(g);
    const std::int64_t C = g.in_channels, K = g.out_channels, width = r.target[2], row = r.taps() * C;
    const bool direct = unrolled_already(g), swapped = row < K;
    const LineShares shares(queue, r, g.batch, width * row * sizeof(T), g.w_elements() * sizeof(float),
                            direct ? INT64_MAX : chunk_bytes);
    const std::int64_t columns_size = direct ? 0 : shares.chunk() * width * row;
    const Scratch columns(queue, shares.count() * columns_size * sizeof(T));
    const Scratch result(queue, swapped ? row * K * sizeof(float) : 0);
    const auto unrolled = [&](std::int64_t begin, std::int64_t end, int share) -> const T* {
        if (direct) return x + begin * width * row;
        T* part = columns.as<T>() + share * columns_size;
        expand(queue, r, x, C, begin, end, part);
        return part;
    };
    const auto plain = [&](std::int64_t begin, std::int64_t, int) { return y + begin * width * K; };
    if (!swapped) return sum_chunks<T>(queue, shares, width, K, row, plain, unrolled, w);
    sum_chunks<T>(queue, shares, width, row, K, unrolled, plain, result.as<float>());
    for (std::int64_t k = 0; k < K; ++k)
        for (std::int64_t i = 0; i < row; ++i) w[k * row + i] = result.as<float>()[i * K + k];
}

/// (taps, K, C) = unrolled(y)^T . x, then w (K, taps, C)
template <class T>
void with_y_unrolled(Queue& queue, const ConvolutionGeometry& g, const T* x, const T* y, float* w) {
    const TapRelation r = y_met_by_x(g);
    const std::int64_t C = g.in_channels, K = g.out_channels, width = r.target[2], row = r.taps() * K;
    const LineShares shares(queue, r, g.batch, width * row * sizeof(T), g.w_elements() * sizeof(float), chunk_bytes);
    const std::int64_t columns_size = shares.chunk() * width * row;
    const Scratch columns(queue, shares.count() * columns_size * sizeof(T)),
        result(queue, g.w_elements() * sizeof(float));
    const auto unrolled = [&](std::int64_t begin, std::int64_t end, int share) -> const T* {
        T* part = columns.as<T>() + share * columns_size;
        expand(queue, r, y, K, begin, end, part);
        return part;
    };
    const auto plain = [&](std::int64_t begin, std::int64_t, int) { return x + begin * width * C; };
    sum_chunks<T>(queue, shares, width, row, C, unrolled, plain, result.as<float>());
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
