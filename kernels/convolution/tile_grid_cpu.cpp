#include "convolution/tile_grid.hpp"

#include <algorithm>

namespace protolith::kernels::cpu {
namespace {

constexpr std::int64_t parts(std::int64_t length, std::int64_t part) { return (length + part - 1) / part; }

}  // namespace

TileGrid convolve_grid(const ConvolutionGeometry& g, TileScheme scheme) {
    const std::int64_t s = g.stride[1], m = scheme.m;
    return {.in = {g.x[1], g.x[2], g.in_channels, -g.low[1], -g.low[2], m * s, static_cast<int>(s)},
            .out = {g.y[1], g.y[2], g.out_channels, 0, 0, m, 1},
            .batch = g.batch,
            .rows = parts(g.y[1], m),
            .columns = parts(g.y[2], m)};
}

TileGrid convolve_data_grid(const ConvolutionGeometry& g, TileScheme scheme) {
    // pixel q of x is phase (q + low) mod s of lattice point u = floor((q + low) / s), and x[u] = sum over a of
    // y[u - a] w[s a + phase]: tiles of m points from the first u on read y from r - 1 before it
    const std::int64_t s = g.stride[1], m = scheme.m, before = scheme.r - 1;
    const std::int64_t first_y = g.low[1] / s, first_x = g.low[2] / s;
    const std::int64_t last_y = (g.x[1] - 1 + g.low[1]) / s, last_x = (g.x[2] - 1 + g.low[2]) / s;
    return {.in = {g.y[1], g.y[2], g.out_channels, first_y - before, first_x - before, m, 1},
            .out = {g.x[1], g.x[2], g.in_channels, first_y * s - g.low[1], first_x * s - g.low[2], m * s,
                    static_cast<int>(s)},
            .batch = g.batch,
            .rows = parts(last_y - first_y + 1, m),
            .columns = parts(last_x - first_x + 1, m)};
}

TileScheme tile_scheme(const ConvolutionGeometry& g, DataType type) {
    if (type == DataType::bfloat16) return {};
    const bool flat = g.kernel[0] == 1 && g.stride[0] == 1 && g.low[0] == 0 && g.high[0] == 0 && g.x[0] == 1;
    const bool square = g.kernel[1] == g.kernel[2] && g.stride[1] == g.stride[2];
    constexpr std::int64_t few = 16;  // channels below which the transforms cost more than the products that they save
    if (!flat || !square || g.stride[1] > 2 || g.in_channels < few || g.out_channels < few) return {};
    const std::int64_t r = parts(g.kernel[1], g.stride[1]), size = std::max(g.y[1], g.y[2]);
    if (r == 2) return size > 2 ? TileScheme{4, 2} : size == 2 ? TileScheme{2, 2} : TileScheme{};
    if (r == 3) return size > 2 ? TileScheme{3, 3} : size == 2 ? TileScheme{2, 3} : TileScheme{};
    if (r == 4) return size > 1 ? TileScheme{2, 4} : TileScheme{};
    return {};
}

}  // namespace protolith::kernels::cpu
