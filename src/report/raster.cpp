// Nearest-neighbour magnification, box-mean reduction, and PNG through libpng's simplified interface.
#include "report/raster.hpp"

#include "base/error.hpp"
#include "io/durable.hpp"

#include <algorithm>
#include <string>

#include <png.h>

namespace protolith::report {

static_assert(sizeof(Colour) == 3, "a row of colours is a row of bytes");

Raster magnified(const Raster& image, std::size_t factor) {
    Raster out(image.rows() * factor, image.columns() * factor, {});
    for (std::size_t row = 0; row < out.rows(); ++row)
        for (std::size_t column = 0; column < out.columns(); ++column)
            out(row, column) = image(row / factor, column / factor);
    return out;
}

Raster reduced(const Raster& image, std::size_t factor) {
    if (factor == 1) return image;
    Raster out((image.rows() + factor - 1) / factor, (image.columns() + factor - 1) / factor, {});
    for (std::size_t row = 0; row < out.rows(); ++row)
        for (std::size_t column = 0; column < out.columns(); ++column) {
            const std::size_t last_row = std::min(image.rows(), (row + 1) * factor),
                              last_column = std::min(image.columns(), (column + 1) * factor);
            std::size_t red = 0, green = 0, blue = 0;
            for (std::size_t i = row * factor; i < last_row; ++i)
                for (std::size_t j = column * factor; j < last_column; ++j) {
                    red += image(i, j).red;
                    green += image(i, j).green;
                    blue += image(i, j).blue;
                }
            const std::size_t count = (last_row - row * factor) * (last_column - column * factor);
            const auto mean = [&](std::size_t sum) { return static_cast<std::uint8_t>((sum + count / 2) / count); };
            out(row, column) = {mean(red), mean(green), mean(blue)};
        }
    return out;
}

void paste(Raster& sheet, const Raster& image, std::size_t row, std::size_t column) {
    require(row + image.rows() <= sheet.rows() && column + image.columns() <= sheet.columns(),
            "a picture of {} × {} pixels at ({}, {}) does not fit a sheet of {} × {}", image.rows(), image.columns(),
            row, column, sheet.rows(), sheet.columns());
    for (std::size_t i = 0; i < image.rows(); ++i)
        for (std::size_t j = 0; j < image.columns(); ++j) sheet(row + i, column + j) = image(i, j);
}

void write_png(const std::filesystem::path& path, const Raster& image) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    png.width = static_cast<png_uint_32>(image.columns());
    png.height = static_cast<png_uint_32>(image.rows());
    png.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    std::string bytes;
    bool ok = png_image_write_to_memory(&png, nullptr, &size, 0, image.data(), 0, nullptr) != 0;
    if (ok) {
        bytes.resize(size);
        ok = png_image_write_to_memory(&png, bytes.data(), &size, 0, image.data(), 0, nullptr) != 0;
    }
    const std::string reason = png.message;
    png_image_free(&png);
    require(ok, "{}: {} × {} pixels do not make a PNG: {}", path.string(), image.rows(), image.columns(), reason);
    bytes.resize(size);
    io::write_atomically(path, bytes, io::Flush::no);
}

}  // namespace protolith::report
