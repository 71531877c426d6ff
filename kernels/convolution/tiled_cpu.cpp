#include "convolution/prepared_weights.hpp"
#include "convolution/tile_maps.hpp"
#include "convolution/tile_shares.hpp"
#include "convolution/tiled.hpp"
#include "onednn/product.hpp"

#include <algorithm>
#include <vector>

namespace protolith::kernels::cpu {
namespace {

using onednn::Product;

// Sums of the weights' gradient beyond this are kept once, for all threads together.
constexpr std::int64_t most_sums = std::int64_t{4} << 20;

std::int64_t width(const TileSide& side) { return side.channels * side.phases * side.phases; }

/// The weights' operands [n * n][K][phase, C]: columns of the convolution's products, rows of the transposed one's.
template <class T>
std::shared_ptr<const Scratch> weights_for(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme,
                                           const float* w, WeightsKey key) {
    const std::uint64_t form = (8 + scheme.m) * 64 + scheme.r * 8 + sizeof(T);
    const std::size_t bytes = scheme.n() * scheme.n() * width(tile_grid(g, scheme).in) * g.out_channels * sizeof(T);
    return queue.state<PreparedWeights>().get(
        key, form, bytes, [&](void* memory) { map_weights(queue, scheme, g, w, static_cast<T*>(memory)); });
}

/// What one pass to an image needs: shares, the product of their chunks, and each share's operands and results.
template <class T>
struct Chunks {
    Chunks(Queue& queue, const TileGrid& grid, TileScheme scheme, std::int64_t from, std::int64_t to, bool transposed)
        : products(scheme.n() * scheme.n()),
          shares(queue, grid, products * (from * sizeof(T) + to * sizeof(float)), products * from * to * sizeof(T)),
          operand(products * shares.rows() * from),
          result(products * shares.rows() * to),
          operands(queue, shares.count() * operand * sizeof(T)),
          results(queue, shares.count() * result * sizeof(float)),
          product(queue,
                  {.batch = products,
                   .m = shares.rows(),
                   .k = from,
                   .n = to,
                   .transpose_b = transposed,
                   .type = data_type_of<T>(),
                   .on_one_thread = shares.count() > 1},
                  shares.count()) {}

    /// Calls map(range, operands), multiplies and calls unmap(range, results) for every chunk.
    template <class Map, class Unmap>
    void run(Queue& queue, const T* weights, Map&& map, Unmap&& unmap) {
        shares.run(queue, [&](const TileRange& range, int share) {
            T* from = operands.template as<T>() + share * operand;
            float* to = results.template as<float>() + share * result;
            map(range, from);
            product(from, weights, to, nullptr, share);
            unmap(range, to);
        });
    }

    std::int64_t products;
    TileShares shares;
    std::int64_t operand, result;  // elements of each share
    Scratch operands, results;
    onednn::ReadyProduct product;
};

/// Zeros in the rows of the operands that are over.
template <class T>
void clear_rest(const TileRange& range, std::int64_t products, std::int64_t width, T* operands) {
    for (std::int64_t i = 0; i < products; ++i)
        std::fill(operands + (i * range.rows + range.count()) * width, operands + (i + 1) * range.rows * width,
                  T(0.0F));
}

/// sums[0] = the sum of `count` arrays of `size`, one behind the other.
void add_up(Queue& queue, float* sums, std::int64_t size, int count) {
    parallel_ranges(queue, size, 4096, [&](std::int64_t begin, std::int64_t end) {
        for (int i = 1; i < count; ++i)
            for (std::int64_t j = begin; j < end; ++j) sums[j] += sums[i * size + j];
    });
}

}  // namespace

template <class T>
void tiled_convolve(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme, const T* x, const float* w,
                    WeightsKey key, T* y, Epilogue<float> epilogue) {
    const TileGrid grid = tile_grid(g, scheme);
    const auto weights = weights_for<T>(queue, g, scheme, w, key);
    Chunks<T> chunks(queue, grid, scheme, width(grid.in), width(grid.out), true);
    chunks.run(
        queue, weights->template as<T>(),
        [&](const TileRange& range, T* operands) { map_input(queue, scheme, grid, range, x, operands); },
        [&](const TileRange& range, float* results) {
            unmap_output(queue, scheme, grid, range, results, y, epilogue);
        });
}

template <class T>
void tiled_convolve_data(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme, const T* y, const float* w,
                         WeightsKey key, T* x, Epilogue<float> epilogue) {
    const TileGrid grid = tile_grid(g, scheme);
    const auto weights = weights_for<T>(queue, g, scheme, w, key);
    Chunks<T> chunks(queue, grid, scheme, width(grid.out), width(grid.in), false);
    chunks.run(
        queue, weights->template as<T>(),
        [&](const TileRange& range, T* operands) { map_output(queue, scheme, grid, range, y, operands); },
        [&](const TileRange& range, float* results) { unmap_input(queue, scheme, grid, range, results, x, epilogue); });
}

template <class T>
void tiled_convolve_weights(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme, const T* x, const T* y,
                            float* w) {
    const TileGrid grid = tile_grid(g, scheme);
    const std::int64_t products = scheme.n() * scheme.n(), C = width(grid.in), K = width(grid.out),
                       sum = products * C * K;
    const std::int64_t sum_bytes = sum * static_cast<std::int64_t>(sizeof(float));
    const TileShares shares(queue, grid, products * (C + K) * sizeof(T), sum_bytes, sum_bytes > most_sums);
    const std::int64_t x_operand = products * shares.rows() * C, y_operand = products * shares.rows() * K;
    const Scratch xs(queue, shares.count() * x_operand * sizeof(T)), ys(queue, shares.count() * y_operand * sizeof(T));
    const Scratch sums(queue, shares.count() * sum_bytes);
    Product product{.batch = products,
                    .m = K,
                    .k = shares.rows(),
                    .n = C,
                    .transpose_a = true,
                    .type = data_type_of<T>(),
                    .on_one_thread = shares.count() > 1};
    onednn::ReadyProduct first(queue, product, shares.count());
    product.accumulate = true;
    onednn::ReadyProduct further(queue, product, shares.count());
    std::vector<char> started(shares.count(), 0);
    shares.run(queue, [&](const TileRange& range, int share) {
        T *x_part = xs.as<T>() + share * x_operand, *y_part = ys.as<T>() + share * y_operand;
        map_input(queue, scheme, grid, range, x, x_part);
        map_output(queue, scheme, grid, range, y, y_part);
        clear_rest(range, products, C, x_part);
        clear_rest(range, products, K, y_part);
        (started[share] ? further : first)(y_part, x_part, sums.as<float>() + share * sum, nullptr, share);
        started[share] = 1;
    });
    add_up(queue, sums.as<float>(), sum, shares.count());
    unmap_weights(queue, scheme, g, sums.as<float>(), w);
}

#define PROTOLITH_INSTANTIATE(T)                                                                                     \
    template void tiled_convolve(Queue&, const ConvolutionGeometry&, TileScheme, const T*, const float*, WeightsKey, \
                                 T*, Epilogue<float>);                                                               \
    template void tiled_convolve_data(Queue&, const ConvolutionGeometry&, TileScheme, const T*, const float*,        \
                                      WeightsKey, T*, Epilogue<float>);                                              \
    template void tiled_convolve_weights(Queue&, const ConvolutionGeometry&, TileScheme, const T*, const T*, float*);
PROTOLITH_INSTANTIATE(float)
PROTOLITH_INSTANTIATE(bfloat16)
#undef PROTOLITH_INSTANTIATE

}  // namespace protolith::kernels::cpu
