#include "convolution/packed_weights.hpp"
#include "convolution/tile_maps.hpp"
#include "convolution/tiled.hpp"
#include "onednn/product.hpp"

#include <algorithm>

namespace protolith::kernels::cpu {
namespace {

using onednn::Product;

/// Tiles worked on at once, in equal parts: what is between the maps and the products stays near `bytes`, but the
/// products have rows enough to be worth the reading of their weights.
std::int64_t chunk_tiles(const TileGrid& grid, std::int64_t bytes_per_tile) {
    constexpr std::int64_t bytes = std::int64_t{8} << 20, enough = 192;
    const std::int64_t all = grid.tiles(), wanted = std::clamp(bytes / bytes_per_tile, std::min(enough, all), all);
    const std::int64_t parts = (all + wanted - 1) / wanted;
    return (all + parts - 1) / parts;
}

std::int64_t width(const TileSide& side) { return side.channels * side.phases * side.phases; }

std::shared_ptr<const Scratch> weights_for(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme,
                                           const float* w, WeightsKey key, bool turned, const Product& product) {
    const onednn::Packing packing = onednn::packing(queue, product);
    const std::uint64_t form =
        static_cast<std::uint64_t>(16 + (scheme.m * 8 + scheme.r) * 2 + turned) << 32 | packing.layout;
    return queue.state<PackedWeights>().get(key, form, packing.bytes, [&](void* memory) {
        const Scratch plain(queue, product.batch * product.k * product.n * sizeof(float));
        map_weights(queue, scheme, g, w, turned, plain.as<float>());
        onednn::pack_operand(queue, product, plain.as<float>(), memory);
    });
}

/// output = unmap(map(input) . weights), chunk by chunk.
template <class T>
void pass(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme, const TileGrid& grid, const T* input,
          const float* w, WeightsKey key, bool turned, T* output, Epilogue<float> epilogue) {
    const std::int64_t products = scheme.n() * scheme.n(), from = width(grid.in), to = width(grid.out);
    const std::int64_t in_bytes = products * from * sizeof(T), out_bytes = products * to * sizeof(float);
    const std::int64_t chunk = chunk_tiles(grid, in_bytes + out_bytes), all = grid.tiles();
    const Scratch operands(queue, chunk * in_bytes), results(queue, chunk * out_bytes);
    for (std::int64_t begin = 0; begin < all; begin += chunk) {
        const TileRange range{begin, std::min(begin + chunk, all)};
        // the filters' operands are [n * n][K][phase, C]: the columns of the convolution, the rows of the transposed
        const Product product{.batch = products,
                              .m = range.count(),
                              .k = from,
                              .n = to,
                              .transpose_b = !turned,
                              .packed_b = true,
                              .type = data_type_of<T>()};
        const auto weights = weights_for(queue, g, scheme, w, key, turned, product);
        map_input(queue, scheme, grid, range, input, operands.as<T>());
        onednn::multiply(queue, product, operands.as<T>(), weights->template as<void>(), results.as<float>());
        unmap_output(queue, scheme, grid, range, results.as<float>(), output, epilogue);
    }
}

}  // namespace

template <class T>
void tiled_convolve(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme, const T* x, const float* w,
                    WeightsKey key, T* y, Epilogue<float> epilogue) {
    pass(queue, g, scheme, convolve_grid(g, scheme), x, w, key, false, y, epilogue);
}

template <class T>
void tiled_convolve_data(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme, const T* y, const float* w,
                         WeightsKey key, T* x, Epilogue<float> epilogue) {
    pass(queue, g, scheme, convolve_data_grid(g, scheme), y, w, key, true, x, epilogue);
}

template <class T>
void tiled_convolve_weights(Queue& queue, const ConvolutionGeometry& g, TileScheme scheme, const T* x, const T* y,
                            float* w) {
    const TileGrid grid = convolve_grid(g, scheme);
    const std::int64_t products = scheme.n() * scheme.n(), C = width(grid.in), K = width(grid.out);
    const std::int64_t x_bytes = products * C * sizeof(T), y_bytes = products * K * sizeof(T);
    const std::int64_t chunk = chunk_tiles(grid, (x_bytes + y_bytes) / 2), all = grid.tiles();
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
