// The sidecar of a raw image: a small JSON or TOML file beside it that says what its bytes mean.
//
//     extent = [64, 256, 256]   # planes, rows, columns; two numbers for a 2-D image
//     type = "uint16"           # uint8, uint16 or float32
//     byte_order = "little"     # or "big"; required for types of more than one byte
//     header_bytes = 0          # bytes before the first sample; default 0
//     voxel_size = 2.25         # optional, with voxel_unit = "nm", "um", "mm" or "m"
//     voxel_unit = "um"
#pragma once

#include "io/image/source.hpp"

#include <bit>
#include <optional>
#include <string>

namespace protolith::io {

struct Sidecar {
    Extent extent;
    Sample sample = Sample::uint8;
    std::endian byte_order = std::endian::native;
    std::uint64_t header_bytes = 0;
    std::optional<double> voxel_size;  ///< metres
};

/// The sidecar's path for `raw`: the same name with .json or .toml instead of its suffix; nothing if neither exists.
/// Both together are an InputError.
std::optional<std::string> find_sidecar(const std::string& raw);

/// Reads a sidecar. Errors (InputError): syntax; a key that is missing, unknown, mistyped or out of range.
Sidecar read_sidecar(const std::string& path);

/// Writes a JSON sidecar.
void write_sidecar(const std::string& path, const Sidecar& sidecar);

}  // namespace protolith::io
