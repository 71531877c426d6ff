#include "convolution/tile_grid.hpp"

#include <algorithm>
#include <array>

namespace protolith::kernels::cpu {
namespace {

constexpr std::int64_t parts(std::int64_t length, std::int64_t part) { return (length + part - 1) / part; }

// With five points, bfloat16's operands would lose four times what their own rounding loses; with three and four, less
// than twice. float32's five lose a few units in the last place.
constexpr std::array<TileScheme, 5> schemes{{{2, 2}, {4, 2}, {2, 3}, {3, 3}, {2, 4}}};

/// What one core does in a nanosecond, measured on one with AVX-512: multiplications of a product; and nanoseconds of a
/// value copied for an unrolled image, mapped between image and operand, or prepared or read of the weights' operands.
struct Rates {
    double products, copy, map, prepare, fetch;
    double worth;  // so many times faster must tiles be, for they round their operands once more
};
constexpr Rates rates_float32{50, 0.3, 0.5, 0.6, 0.2, 1.0}, rates_bfloat16{100, 0.15, 0.25, 0.3, 0.1, 1.25};

double real(std::int64_t number) { return static_cast<double>(number); }

/// Channels as the maps see them, sixteen at a time; a block that is not full takes twice as long.
double mapped_channels(std::int64_t channels) { return real((channels + 15) / 16 * 16 * (channels % 16 == 0 ? 1 : 2)); }

double cost_unrolled(const ConvolutionGeometry& g, int r, const Rates& rates) {
    const double C = real(g.in_channels * volume(g.stride)), K = real(g.out_channels);
    const double pixels = real(g.batch * g.y[1] * g.y[2]);
    return r * r * C * (pixels * (K / rates.products + rates.copy) + K * rates.fetch);
}

double cost_tiled(const ConvolutionGeometry& g, const TileScheme& scheme, const Rates& rates) {
    const double C = real(g.in_channels * volume(g.stride)), K = real(g.out_channels);
    const double mapped = mapped_channels(g.in_channels) * real(volume(g.stride)) + mapped_channels(g.out_channels);
    const double tiles = real(tile_grid(g, scheme).tiles());
    return scheme.n() * scheme.n() * (tiles * (C * K / rates.products + mapped * rates.map) + C * K * rates.prepare) *
           rates.worth;
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

TileScheme tile_scheme(const ConvolutionGeometry& g, DataType type, bool matrix_unit) {
    // a matrix unit multiplies bfloat16 at ten times float32's rate and more, vectors at twice: the maps would cost
    // about what the products that they save do
    if (type == DataType::bfloat16 && matrix_unit) return {};
    const bool flat = g.kernel[0] == 1 && g.stride[0] == 1 && g.low[0] == 0 && g.high[0] == 0 && g.x[0] == 1;
    const bool square = g.kernel[1] == g.kernel[2] && g.stride[1] == g.stride[2];
    if (!flat || !square || g.stride[1] > 2) return {};
    const auto r = static_cast<int>(parts(g.kernel[1], g.stride[1]));
    TileScheme best;
    const Rates& rates = type == DataType::bfloat16 ? rates_bfloat16 : rates_float32;
    double least = cost_unrolled(g, r, rates);
    for (const TileScheme& scheme : schemes) {
        if (scheme.r != r || scheme.n() > (type == DataType::bfloat16 ? 4 : 5) || !reads_all(g, scheme)) continue;
        const double cost = cost_tiled(g, scheme, rates);
        if (cost < least) best = scheme;
        least = std::min(least, cost);
    }
    return best;
}

}  // namespace protolith::kernels::cpu
