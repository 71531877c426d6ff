// The ways in which a deck names an image: `file`, `file.h5:/dataset`, and `…[k]` for one plane or item of either.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace protolith::io {

struct ImagePath {
    std::string file;
    std::string dataset;              ///< of an HDF5 file: "/structures/images"; else empty
    std::optional<std::size_t> item;  ///< plane of a volume or item of a batch, counted from 0
};

/// Takes a name apart; the name of an existing file is taken as it stands.
ImagePath parse_image_path(const std::string& text);
std::string to_string(const ImagePath& path);

}  // namespace protolith::io
