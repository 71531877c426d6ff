// What one page (directory) of a TIFF file says about its pixels (TIFF 6.0), with everything refused that is not grey.
#pragma once

#include "io/image/samples.hpp"
#include "io/image/source.hpp"
#include "io/image/tiff_file.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace protolith::io {

/// Grey value of each palette index; nothing where the colours differ.
using GreyPalette = std::array<std::optional<std::uint8_t>, 256>;

struct TiffPage {
    std::size_t rows = 0, columns = 0;
    PixelLayout layout;
    std::optional<GreyPalette> palette;
    bool tiled = false;
    std::size_t part_rows = 0;     ///< rows of a strip or tile
    std::size_t part_columns = 0;  ///< columns of a strip or tile
    std::size_t row_bytes = 0;     ///< decoded bytes of one row of a strip or tile

    Sample sample() const noexcept;
    /// Largest value that the stored type can hold (ImageInfo::maximum).
    double maximum() const noexcept;
};

/// Reads the current directory. `name` is the page as messages call it. Errors (InputError): not grey, a sample type
/// that is not supported, strips or tiles that are missing or lie outside the file.
TiffPage read_tiff_page(TiffFile& file, const std::string& name);

/// True for a page that is no image of its own: a thumbnail or a transparency mask.
bool is_auxiliary_page(TIFF* tiff) noexcept;

}  // namespace protolith::io
