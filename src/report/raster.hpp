// A colour image in memory and as PNG.
#pragma once

#include "report/colour_map.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace protolith::report {

/// Red, green, blue per pixel, (row, column), the top row first.
class Raster {
  public:
    Raster() = default;
    Raster(std::size_t rows, std::size_t columns, Colour colour)
        : rows_(rows), columns_(columns), pixels_(rows * columns, colour) {}

    std::size_t rows() const noexcept { return rows_; }
    std::size_t columns() const noexcept { return columns_; }
    Colour& operator()(std::size_t row, std::size_t column) { return pixels_[row * columns_ + column]; }
    const Colour& operator()(std::size_t row, std::size_t column) const { return pixels_[row * columns_ + column]; }
    const Colour* data() const noexcept { return pixels_.data(); }

  private:
    std::size_t rows_ = 0, columns_ = 0;
    std::vector<Colour> pixels_;
};

/// Every pixel becomes `factor` × `factor` equal ones.
Raster magnified(const Raster& image, std::size_t factor);

/// Every `factor` × `factor` pixels become their mean; what is left over at the right and lower edge is averaged by
/// itself.
Raster reduced(const Raster& image, std::size_t factor);

/// Copies `image` into `sheet` with its upper left corner at (row, column); it must fit.
void paste(Raster& sheet, const Raster& image, std::size_t row, std::size_t column);

/// Writes an 8-bit RGB PNG. Throws Error naming the file.
void write_png(const std::filesystem::path& path, const Raster& image);

}  // namespace protolith::report
