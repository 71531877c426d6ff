#include "simulate/rasterise.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::simulate {

namespace {

/// First pixel whose centre is not before the coordinate (in pixels, centres at whole numbers), within [0, size].
std::size_t first_centre(double coordinate, std::size_t size) {
    const double clamped = std::clamp(std::ceil(coordinate), 0.0, static_cast<double>(size));
    return static_cast<std::size_t>(clamped);
}

}  // namespace

PhaseVolume rasterise(const Contour& polygon, std::size_t size) {
    // Every crossing of an edge with a row of centres flips all pixels from there to the row's end: mark it, then sum
    // along the row.
    const std::size_t pitch = size + 1;
    std::vector<std::uint8_t> flips(size * pitch, 0);
    const auto scale = static_cast<double>(size);
    const std::size_t n = polygon.points();
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t next = i + 1 < n ? i + 1 : 0;
        const double y0 = polygon.y[i] * scale - 0.5, y1 = polygon.y[next] * scale - 0.5;
        const std::size_t row0 = first_centre(y0, size), row1 = first_centre(y1, size);
        if (row0 == row1) continue;
        const double x0 = polygon.x[i] * scale - 0.5, x1 = polygon.x[next] * scale - 0.5;
        const double slope = (x1 - x0) / (y1 - y0);
        for (std::size_t row = std::min(row0, row1); row < std::max(row0, row1); ++row)
            flips[row * pitch + first_centre(x0 + slope * (static_cast<double>(row) - y0), size)] ^= 1;
    }
    PhaseVolume image({1, size, size});
    for (std::size_t row = 0; row < size; ++row) {
        std::uint8_t inside = 0;
        for (std::size_t column = 0; column < size; ++column)
            image(row, column) = inside ^= flips[row * pitch + column];
    }
    return image;
}

}  // namespace protolith::simulate
