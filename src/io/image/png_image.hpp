// PNG images by libpng (ISO/IEC 15948): grey of 1, 2, 4, 8 and 16 bits; palette and RGB whose colours are equal; opaque
// alpha.
#pragma once

#include "io/image/source.hpp"

#include <memory>
#include <string>

namespace protolith::io {

/// Opens a PNG file. Rows are streamed; going back to an earlier row decodes from the top again. An interlaced file is
/// held whole.
std::unique_ptr<ImageSource> open_png(const std::string& path);

/// Writes an 8-bit grey PNG of `extent.y` rows and `extent.x` columns (extent.z must be 1). Errors: the file cannot be
/// written.
void write_png(const std::string& path, const Extent& extent, const std::uint8_t* grey);

}  // namespace protolith::io
