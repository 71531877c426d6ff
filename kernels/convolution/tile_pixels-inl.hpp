// Where the pixels of a tile lie. Included once for each Highway target, inside its namespace.

/// Offsets of the edge x edge pixels of one phase of a tile, -1 outside the image.
template <int edge>
PROTOLITH_INLINE void find_pixels(const TileGrid& grid, const TileSide& side, std::int64_t tile, std::int64_t phase,
                                  std::int64_t* offsets) {
    const std::int64_t n = tile / (grid.rows * grid.columns);
    const std::int64_t top = side.origin_y + tile / grid.columns % grid.rows * side.step + phase / side.phases;
    const std::int64_t left = side.origin_x + tile % grid.columns * side.step + phase % side.phases;
    for (int a = 0; a < edge; ++a)
        for (int b = 0; b < edge; ++b) {
            const std::int64_t y = top + a * side.phases, x = left + b * side.phases;
            const bool inside = y >= 0 && y < side.height && x >= 0 && x < side.width;
            offsets[a * edge + b] = inside ? ((n * side.height + y) * side.width + x) * side.channels : -1;
        }
}
