#include "convolution/tile_grid.hpp"

#include <algorithm>
#include <array>

namespace protolith::kernels::cpu {
namespace {

constexpr std::int64_t parts(std::int64_t length, std::int64_t part) { return (length + part - 1) / part; }

// With five points, bfloat16's operands would lose four times what their own rounding loses; with three and four, less
// than twice. float32's five lose a few units in the last place.
constexpr std::array<TileScheme, 5> schemes{{{2, 2}, {4, 2}, {2, 3}, {3, 3}, {2, 4}}};

// Costs in multiplications of (phase, C) x K matrices with one row, from measured rates: a value moved between image
// and operand costs about forty products; preparing or reading an operand of the weights as much as thirty or ten rows.
constexpr double move = 40, prepare = 30, fetch = 10;

double cost_unrolled(const ConvolutionGeometry& g, int r) {
    const double K = static_cast<double>(g.out_channels), pixels = static_cast<double>(g.batch * g.y[1] * g.y[2]);
    return r * r * (pixels * (1 + move / K) + fetch);
}

double cost_tiled(const ConvolutionGeometry& g, const TileScheme& scheme) {
    const double K = static_cast<double>(g.out_channels), n = scheme.n();
    const double C = static_cast<double>(g.in_channels * g.stride[1] * g.stride[2]);
    return n * n * (static_cast<double>(tile_grid(g, scheme).tiles()) * (1 + move / K + move / C) + prepare);
}

/// Pixels of x that no tile reads would get no gradient.
bool reads_all(const ConvolutionGeometry& g, const TileScheme& scheme) {
    for (const std::size_t d : {1, 2})
        if (g.stride[d] * (parts(g.y[d], scheme.m) * scheme.m + scheme.r - 1) - g.low[d] < g.x[d]) return false;
    return true;
}

}  // namespace

TileGrid tile_grid(const ConvolutionGeometry& g, TileScheme scheme) {
    const std::int64_t s = g.stride[1], m = scheme.m;
    return {.in = {g.x[1], g.x[2], g.in_channels, -g.low[1], -g.low[2], m * s, static_cast<int>(s)},
            .out = {g.y[1], g.y[2], g.out_channels, 0, 0, m, 1},
            .batch = g.batch,
            .rows = parts(g.y[1], m),
            .columns = parts(g.y[2], m)};
}

TileScheme tile_scheme(const ConvolutionGeometry& g, DataType type) {
    const bool flat = g.kernel[0] == 1 && g.stride[0] == 1 && g.low[0] == 0 && g.high[0] == 0 && g.x[0] == 1;
    const bool square = g.kernel[1] == g.kernel[2] && g.stride[1] == g.stride[2];
    if (!flat || !square || g.stride[1] > 2) return {};
    const auto r = static_cast<int>(parts(g.kernel[1], g.stride[1]));
    TileScheme best;
    double least = cost_unrolled(g, r);
    for (const TileScheme& scheme : schemes) {
        if (scheme.r != r || scheme.n() > (type == DataType::bfloat16 ? 4 : 5) || !reads_all(g, scheme)) continue;
        const double cost = cost_tiled(g, scheme);
        if (cost < least) best = scheme;
        least = std::min(least, cost);
    }
    return best;
}

}  // namespace protolith::kernels::cpu
