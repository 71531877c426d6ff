#include "convolution/prepared_weights.hpp"
#include "convolution/tile_maps.hpp"
#include "convolution/tiled.hpp"
#include "onednn/product.hpp"

#include <algorithm>

namespace protolith::kernels::cpu {
namespace {

using onednn::Product;

/// Tiles worked on at once, in equal parts: what is between the maps and the products stays near `bytes`, but is no
/// less than `enough` tiles, that the weights' operands, read or added to by every chunk, do not cost more than the
/// products.
std::int64_t chunk_tiles(const TileGrid& grid, std::int64_t bytes_per_tile, std::int64_t enough) {
    constexpr std::int64_t bytes = std::int64_t{8} << 20;
    const std::int64_t all = grid.tiles(), wanted = std::clamp(bytes / bytes_per_tile, std::min(enough, all), all);
    const std::int64_t parts = all / wanted;
    return (all + parts - 1) / parts;
}

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

/// Scratch of one pass and the products that all its chunks ask for.
template <class T>
struct Chunks {
    Chunks(Queue& queue, const TileGrid& grid, TileScheme scheme, std::int64_t from, std::int64_t to)
        : products(scheme.n() * scheme.n()),
          all(grid.tiles()),
          chunk(chunk_tiles(grid, products * (from * sizeof(T) + to * sizeof(float)), 192)),
          operands(queue, products * chunk * from * sizeof(T)),
          results(queue, products * chunk * to * sizeof(float)) {}

    TileRange from(std::int64_t begin) const { return {begin, std::min(begin + chunk, all)}; }

    std::int64_t products, all, chunk;
    Scratch operands, results;
};

}  // namespace

template <class T>
void tiled_convolve(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme, const T* x, const float* w,
                    WeightsKey key, T* y, Epilogue<float> epilogue) {
    const TileGrid grid = tile_grid(g, scheme);
    const std::int64_t C = width(grid.in), K = width(grid.out);
    const auto weights = weights_for<T>(queue, g, scheme, w, key);
    const Chunks<T> c(queue, grid, scheme, C, K);
    for (std::int64_t begin = 0; begin < c.all; begin += c.chunk) {
        const TileRange range = c.from(begin);
        const Product product{
            .batch = c.products, .m = range.count(), .k = C, .n = K, .transpose_b = true, .type = data_type_of<T>()};
        map_input(queue, scheme, grid, range, x, c.operands.template as<T>());
        onednn::multiply(queue, product, c.operands.template as<T>(), weights->template as<T>(),
                         c.results.template as<float>());
        unmap_output(queue, scheme, grid, range, c.results.template as<float>(), y, epilogue);
    }
}

template <class T>
void tiled_convolve_data(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme, const T* y, const float* w,
                         WeightsKey key, T* x, Epilogue<float> epilogue) {
    const TileGrid grid = tile_grid(g, scheme);
    const std::int64_t C = width(grid.in), K = width(grid.out);
    const auto weights = weights_for<T>(queue, g, scheme, w, key);
    const Chunks<T> c(queue, grid, scheme, K, C);
    for (std::int64_t begin = 0; begin < c.all; begin += c.chunk) {
        const TileRange range = c.from(begin);
        const Product product{.batch = c.products, .m = range.count(), .k = K, .n = C, .type = data_type_of<T>()};
        map_output(queue, scheme, grid, range, y, c.operands.template as<T>());
        onednn::multiply(queue, product, c.operands.template as<T>(), weights->template as<T>(),
                         c.results.template as<float>());
        unmap_input(queue, scheme, grid, range, c.results.template as<float>(), x, epilogue);
    }
}

template <class T>
void tiled_convolve_weights(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme, const T* x, const T* y,
                            float* w) {
    const TileGrid grid = tile_grid(g, scheme);
    const std::int64_t products = scheme.n() * scheme.n(), C = width(grid.in), K = width(grid.out);
    const std::int64_t x_bytes = products * C * sizeof(T), y_bytes = products * K * sizeof(T);
    const std::int64_t chunk = chunk_tiles(grid, (x_bytes + y_bytes) / 2, 512), all = grid.tiles();
    const Scratch xs(queue, chunk * x_bytes), ys(queue, chunk * y_bytes), sums(queue, products * C * K * sizeof(float));
    for (std::int64_t begin = 0; begin < all; begin += chunk) {
        const TileRange range{begin, std::min(begin + chunk, all)};
        map_input(queue, scheme, grid, range, x, xs.as<T>());
        map_output(queue, scheme, grid, range, y, ys.as<T>());
        const Product product{.batch = products,
                              .m = K,
                              .k = range.count(),
                              .n = C,
                              .transpose_a = true,
                              .accumulate = begin > 0,
                              .type = data_type_of<T>()};
        onednn::multiply(queue, product, ys.as<T>(), xs.as<T>(), sums.as<float>());
    }
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
