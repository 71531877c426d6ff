// Where the pixels of a tile lie. Included once for each Highway target, inside its namespace.

/// A tile's place among those of all images.
struct TilePlace {
    TilePlace(const TileGrid& grid, std::int64_t tile)
        : image(tile / (grid.rows * grid.columns)), row(tile / grid.columns % grid.rows), column(tile % grid.columns) {}

    std::int64_t image, row, column;
};

/// Addresses of the edge x edge pixels of one phase of a tile; `outside` for those that lie outside the image.
template <int edge, class T>
PROTOLITH_INLINE void find_pixels(const TileSide& side, const TilePlace& tile, std::int64_t phase, T* image, T* outside,
                                  T** pixels) {
    const std::int64_t top = side.origin_y + tile.row * side.step + phase / side.phases;
    const std::int64_t left = side.origin_x + tile.column * side.step + phase % side.phases;
    for (int a = 0; a < edge; ++a) {
        const std::int64_t y = top + a * side.phases;
        const bool inside = y >= 0 && y < side.height;
        T* row = image + (tile.image * side.height + (inside ? y : 0)) * side.width * side.channels;
        for (int b = 0; b < edge; ++b) {
            const std::int64_t x = left + b * side.phases;
            pixels[a * edge + b] = inside && x >= 0 && x < side.width ? row + x * side.channels : outside;
        }
    }
}
