// TIFF images by libtiff (TIFF 6.0, BigTIFF): grey of 1, 2, 4, 8, 16 bits and 32-bit float, strips or tiles, any
// compression that libtiff knows. The pages are the planes of a volume; thumbnails and masks are passed over.
#pragma once

#include "io/image/source.hpp"

#include <memory>
#include <string>

namespace protolith::io {

/// Opens a TIFF file. Strips are decoded row by row, tiles by rows of tiles. Errors: pages of different size or sample
/// type; everything that read_tiff_page refuses.
std::unique_ptr<ImageSource> open_tiff(const std::string& path);

/// Writes a volume as a grey 8-bit TIFF of one page a plane (deflate; BigTIFF above 4 GB). Values are stored as they
/// are.
void write_tiff(const std::string& path, const Volume<std::uint8_t>& volume);

}  // namespace protolith::io
