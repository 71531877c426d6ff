#include "convolution/line_shares.hpp"
#include "convolution/prepared_weights.hpp"
#include "convolution/unrolled.hpp"
#include "convolution/unrolled_side.hpp"
#include "onednn/product.hpp"

#include <algorithm>
#include <optional>

namespace protolith::kernels::cpu {
namespace {

using onednn::Product;

// Chunks of all threads together: columns read once stay in the last-level cache; those whose lines at a chunk's rim
// are done twice are larger.
constexpr std::int64_t gather_bytes = std::int64_t{4} << 20, scatter_bytes = std::int64_t{16} << 20;

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
Product product_of(std::int64_t k, std::int64_t n, Form form) {
    const bool transposed = form == Form::gather_x || form == Form::scatter_y;
    return {.k = k, .n = n, .transpose_b = transposed, .type = data_type_of<T>()};
}

/// The most source lines that a chunk of so many lines within an image meets.
std::int64_t most_lines_met(const TapRelation& r, std::int64_t chunk) {
    std::int64_t most = 1;
    for (std::int64_t begin = 0; begin < r.lines(1); begin += chunk) {
        const auto [first, last] = r.source_lines(begin, std::min(begin + chunk, r.lines(1)));
        most = std::max(most, last - first);
    }
    return most;
}

/// A product with as many rows as a chunk has: those of `full` and `last` rows are ready for all callers at once and
/// for one of them.
class ChunkProducts {
  public:
    ChunkProducts(Queue& queue, Product product, int callers, std::int64_t full, std::int64_t last)
        : queue_(queue), product_(product), full_rows_(full), last_rows_(last) {
        product_.on_one_thread = callers > 1;
        full_.emplace(queue, sized(full), callers);
        if (last != full) last_.emplace(queue, sized(last));
    }

    void operator()(std::int64_t rows, const void* a, const void* b, void* c, const float* bias, int caller) {
        if (rows == full_rows_) return (*full_)(a, b, c, bias, caller);
        if (rows == last_rows_) return (*last_)(a, b, c, bias);
        onednn::multiply(queue_, sized(rows), a, b, c, bias);
    }

  private:
    Product sized(std::int64_t rows) const {
        Product product = product_;
        product.m = rows;
        return product;
    }

    Queue& queue_;
    Product product_;
    std::int64_t full_rows_, last_rows_;
    std::optional<onednn::ReadyProduct> full_, last_;
};

/// target = unrolled(source) . weights, chunk by chunk.
template <class T>
void gather(Queue& queue, const ConvolutionGeometry& g, const TapRelation& r, const T* source,
            std::int64_t from_channels, const float* w, WeightsKey key, Form form, T* target, std::int64_t to_channels,
            Epilogue<float> epilogue) {
    const std::int64_t width = r.target[2], depth = r.taps() * from_channels, size = sizeof(T);
    const bool direct = unrolled_already(g);
    const LineShares shares(queue, r, g.batch, width * depth * size, g.w_elements() * size,
                            direct ? INT64_MAX : gather_bytes);
    const std::int64_t columns_size = direct ? 0 : shares.chunk() * width * depth;
    const Scratch columns(queue, shares.count() * columns_size * sizeof(T));
    std::shared_ptr<const Scratch> kept;
    const void* weights = weights_for<T>(queue, g, w, key, form, kept);
    Product product = product_of<T>(depth, to_channels, form);
    product.result = data_type_of<T>();
    product.bias = epilogue.bias != nullptr;
    product.slope = epilogue.slope;
    ChunkProducts multiply(queue, product, shares.count(), shares.chunk() * width, shares.last_chunk() * width);
    shares.run(queue, [&](std::int64_t begin, std::int64_t end, int share) {
        T* unrolled = columns.as<T>() + share * columns_size;
        if (!direct) expand(queue, r, source, from_channels, begin, end, unrolled);
        multiply((end - begin) * width, direct ? source + begin * width * depth : unrolled, weights,
                 target + begin * width * to_channels, epilogue.bias, share);
    });
}

/// target = collapse(source . weights), chunk by chunk.
template <class T>
void scatter(Queue& queue, const ConvolutionGeometry& g, const TapRelation& r, const T* source,
             std::int64_t from_channels, const float* w, WeightsKey key, Form form, T* target, std::int64_t to_channels,
             Epilogue<float> epilogue) {
    const std::int64_t width = r.source[2], row = r.taps() * to_channels, line = width * row;
    const std::int64_t image = r.target[0] * r.target[1], source_image = r.source[0] * r.source[1];
    // per target line, as many source lines as there are of them on the average
    const std::int64_t target_bytes =
        std::max<std::int64_t>(line * static_cast<std::int64_t>(sizeof(float)) * source_image / image, 1);
    const LineShares shares(queue, r, g.batch, target_bytes, g.w_elements() * sizeof(T), scatter_bytes, true);
    // whole images have their own source lines and no others; parts of images share some
    const bool whole = shares.chunk() % image == 0;
    const auto met = [&](std::int64_t begin, std::int64_t end) {
        return whole ? std::array{begin / image * source_image, end / image * source_image}
                     : r.source_lines(begin, end);
    };
    const std::int64_t full = whole ? shares.chunk() / image * source_image : most_lines_met(r, shares.chunk());
    const Scratch columns(queue, shares.count() * full * line * sizeof(float));
    std::shared_ptr<const Scratch> kept;
    const void* weights = weights_for<T>(queue, g, w, key, form, kept);
    ChunkProducts multiply(queue, product_of<T>(from_channels, row, form), shares.count(), full * width,
                           whole ? shares.last_chunk() / image * source_image * width : full * width);
    shares.run(queue, [&](std::int64_t begin, std::int64_t end, int share) {
        const auto [first, last] = met(begin, end);
        float* unrolled = columns.as<float>() + share * full * line;
        if (last > first)
            multiply((last - first) * width, source + first * width * from_channels, weights, unrolled, nullptr, share);
        collapse(queue, r, unrolled, first, to_channels, begin, end, target, epilogue);
    });
}

/// x (N, kernel, C) = y (N, K) . w: nothing overlaps. The bias is repeated for every tap.
template <class T>
void scatter_direct(Queue& queue, const ConvolutionGeometry& g, const T* y, const float* w, WeightsKey key, T* x,
                    Epilogue<float> epilogue) {
    const std::int64_t columns = g.taps() * g.in_channels;
    Product product = product_of<T>(g.out_channels, columns, Form::scatter_x);
    product.m = g.batch * volume(g.y);
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
