#include "convolution/prepared_weights.hpp"
#include "convolution/unrolled.hpp"
#include "convolution/unrolled_side.hpp"
#include "onednn/product.hpp"

#include <algorithm>

namespace protolith::kernels::cpu {
namespace {

using onednn::Product;

constexpr std::int64_t gather_bytes = std::int64_t{4} << 20;    // columns read once: they stay in the last-level cache
constexpr std::int64_t scatter_bytes = std::int64_t{16} << 20;  // larger, for the lines at a chunk's rim are done twice

/// How weights enter a product: as they are, (K, taps, C), or with the taps first, (taps, K, C); as they lie or
/// transposed.
enum class Form { gather_x, gather_y, scatter_x, scatter_y };

bool taps_first(Form form) { return form == Form::gather_y || form == Form::scatter_y; }

/// The operand B: the weights themselves, or a copy in T or with the taps first that `kept` holds.
template <class T>
const void* weights_for(Queue& queue, const ConvolutionGeometry& g, const float* w, WeightsKey key, Form use,
                        std::shared_ptr<const Scratch>& kept) {
    const bool reordered = taps_first(use);
    if (!reordered && sizeof(T) == sizeof(float)) return w;
    const std::uint64_t form = sizeof(T) * 2 + reordered;
    kept = queue.state<PreparedWeights>().get(key, form, g.w_elements() * sizeof(T), [&](void* memory) {
        const std::int64_t C = g.in_channels, K = g.out_channels, taps = g.taps();
        for (std::int64_t k = 0; k < K; ++k)
            for (std::int64_t t = 0; t < taps; ++t) {
                const float* from = w + (k * taps + t) * C;
                T* to = static_cast<T*>(memory) + (reordered ? t * K + k : k * taps + t) * C;
                for (std::int64_t c = 0; c < C; ++c) to[c] = T(from[c]);
            }
    });
    return kept->template as<void>();
}

template <class T>
Product product_of(std::int64_t rows, std::int64_t k, std::int64_t n, Form form) {
    const bool transposed = form == Form::gather_x || form == Form::scatter_y;
    return {.m = rows, .k = k, .n = n, .transpose_b = transposed, .type = data_type_of<T>()};
}

/// target = unrolled(source) . weights, chunk by chunk.
template <class T>
void gather(Queue& queue, const ConvolutionGeometry& g, const TapRelation& r, const T* source,
            std::int64_t from_channels, const float* w, WeightsKey key, Form form, T* target, std::int64_t to_channels,
            Epilogue<float> epilogue) {
    const std::int64_t width = r.target[2], depth = r.taps() * from_channels, all = r.lines(g.batch);
    const bool direct = unrolled_already(g);
    const std::int64_t line_bytes = width * depth * static_cast<std::int64_t>(sizeof(T));
    const std::int64_t chunk = direct ? all : chunk_lines(r, g.batch, line_bytes, gather_bytes);
    const Scratch columns(queue, direct ? 0 : chunk * line_bytes);
    std::shared_ptr<const Scratch> kept;
    const void* weights = weights_for<T>(queue, g, w, key, form, kept);
    for (std::int64_t begin = 0; begin < all; begin += chunk) {
        const std::int64_t end = std::min(begin + chunk, all);
        Product product = product_of<T>((end - begin) * width, depth, to_channels, form);
        product.result = data_type_of<T>();
        product.bias = epilogue.bias != nullptr;
        product.slope = epilogue.slope;
        if (!direct) expand(queue, r, source, from_channels, begin, end, columns.as<T>());
        onednn::multiply(queue, product, direct ? source : columns.as<T>(), weights,
                         target + begin * width * to_channels, epilogue.bias);
    }
}

/// target = collapse(source . weights), chunk by chunk.
template <class T>
void scatter(Queue& queue, const ConvolutionGeometry& g, const TapRelation& r, const T* source,
             std::int64_t from_channels, const float* w, WeightsKey key, Form form, T* target, std::int64_t to_channels,
             Epilogue<float> epilogue) {
    const std::int64_t width = r.source[2], row = r.taps() * to_channels, all = r.lines(g.batch);
    const std::int64_t line_bytes = width * row * static_cast<std::int64_t>(sizeof(float));
    // per target line, as many source lines as there are of them on the average
    const std::int64_t target_bytes =
        std::max<std::int64_t>(line_bytes * r.source[0] * r.source[1] / (r.target[0] * r.target[1]), 1);
    const std::int64_t chunk = chunk_lines(r, g.batch, target_bytes, scatter_bytes);
    std::shared_ptr<const Scratch> kept;
    const void* weights = weights_for<T>(queue, g, w, key, form, kept);
    for (std::int64_t begin = 0; begin < all; begin += chunk) {
        const std::int64_t end = std::min(begin + chunk, all);
        const auto [first, last] = r.source_lines(begin, end);
        const Scratch columns(queue, std::max<std::int64_t>(last - first, 1) * line_bytes);
        if (last > first) {
            const Product product = product_of<T>((last - first) * width, from_channels, row, form);
            onednn::multiply(queue, product, source + first * width * from_channels, weights, columns.as<float>());
        }
        collapse(queue, r, columns.as<float>(), first, to_channels, begin, end, target, epilogue);
    }
}

/// x (N, kernel, C) = y (N, K) . w: nothing overlaps. The bias is repeated for every tap.
template <class T>
void scatter_direct(Queue& queue, const ConvolutionGeometry& g, const T* y, const float* w, WeightsKey key, T* x,
                    Epilogue<float> epilogue) {
    const std::int64_t columns = g.taps() * g.in_channels;
    Product product = product_of<T>(g.batch * volume(g.y), g.out_channels, columns, Form::scatter_x);
    product.result = data_type_of<T>();
    product.bias = epilogue.bias != nullptr;
    product.slope = epilogue.slope;
    const Scratch bias(queue, columns * sizeof(float));
    if (epilogue.bias)
        for (std::int64_t t = 0; t < g.taps(); ++t)
            std::copy_n(epilogue.bias, g.in_channels, bias.as<float>() + t * g.in_channels);
    std::shared_ptr<const Scratch> kept;
    const void* weights = weights_for<T>(queue, g, w, key, Form::scatter_x, kept);
    onednn::multiply(queue, product, y, weights, x, bias.as<float>());
}

}  // namespace

template <class T>
void unrolled_convolve(Queue& queue, const ConvolutionGeometry& g, const T* x, const float* w, WeightsKey key, T* y,
                       Epilogue<float> epilogue) {
    const std::int64_t C = g.in_channels, K = g.out_channels;
    if (side_of_convolve(g) == UnrolledSide::x)
        gather(queue, g, x_met_by_y(g), x, C, w, key, Form::gather_x, y, K, epilogue);
    else
        scatter(queue, g, x_met_by_y(g), x, C, w, key, Form::scatter_y, y, K, epilogue);
}

template <class T>
void unrolled_convolve_data(Queue& queue, const ConvolutionGeometry& g, const T* y, const float* w, WeightsKey key,
                            T* x, Epilogue<float> epilogue) {
    const std::int64_t C = g.in_channels, K = g.out_channels;
    if (unrolled_already(g))
        scatter_direct(queue, g, y, w, key, x, epilogue);
    else if (side_of_convolve_data(g) == UnrolledSide::x)
        scatter(queue, g, y_met_by_x(g), y, K, w, key, Form::scatter_x, x, C, epilogue);
    else
        gather(queue, g, y_met_by_x(g), y, K, w, key, Form::gather_y, x, C, epilogue);
}

template void unrolled_convolve(Queue&, const ConvolutionGeometry&, const float*, const float*, WeightsKey, float*,
                                Epilogue<float>);
template void unrolled_convolve(Queue&, const ConvolutionGeometry&, const bfloat16*, const float*, WeightsKey,
                                bfloat16*, Epilogue<float>);
template void unrolled_convolve_data(Queue&, const ConvolutionGeometry&, const float*, const float*, WeightsKey, float*,
                                     Epilogue<float>);
template void unrolled_convolve_data(Queue&, const ConvolutionGeometry&, const bfloat16*, const float*, WeightsKey,
                                     bfloat16*, Epilogue<float>);

}  // namespace protolith::kernels::cpu
