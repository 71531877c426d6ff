// Images cut into square tiles for minimal filtering. A stride of two makes four phases of an image, each a channel
// block of its own (space to depth), so that the filter's stride is one.
#pragma once

#include "convolution/geometry.hpp"
#include "queue/types.hpp"

namespace protolith::kernels::cpu {

/// Tiles of one image (N, H, W, channels): point (a, b) of phase (i, j) in tile (u, v) is the pixel
/// origin + (u, v) step + (a, b) phases + (i, j); pixels outside the image are zeros.
struct TileSide {
    std::int64_t height, width, channels;
    std::int64_t origin_y, origin_x, step;
    int phases;
};

/// Minimal filtering of a convolution: m x m outputs of r x r taps at a time, by n x n products, n = m + r - 1.
struct TileScheme {
    int m = 0, r = 0;
    int n() const { return m + r - 1; }
    explicit operator bool() const { return m > 0; }
};

/// The tiles of all images, one after the other.
struct TileGrid {
    TileSide in, out;
    std::int64_t batch, rows, columns;
    std::int64_t tiles() const { return batch * rows * columns; }
};

/// Tiles one after the other through all images, and the rows that each of their operands has: one a tile and, maybe,
/// some that are over, of undefined contents.
struct TileRange {
    std::int64_t begin, end, rows;
    std::int64_t count() const { return end - begin; }
};

/// A range of blocks of sixteen channels, one after the other through all phases.
struct BlockRange {
    std::int64_t begin, end;
};

/// The tiles of x (in) and of y (out) that belong together.
TileGrid tile_grid(const ConvolutionGeometry& geometry, TileScheme scheme);

/// The scheme for a geometry, or none where products over an unrolled image are the better way. `matrix_unit`: the
/// processor has one that multiplies bfloat16 (AMX).
TileScheme tile_scheme(const ConvolutionGeometry& geometry, DataType type, bool matrix_unit);

}  // namespace protolith::kernels::cpu
