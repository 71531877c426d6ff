// Raw images: samples one after the other (x fastest, then y, then z), described by a sidecar (sidecar.hpp).
#pragma once

#include "io/image/sidecar.hpp"
#include "io/image/source.hpp"

#include <memory>
#include <string>

namespace protolith::io {

/// Opens `path` with the sidecar `sidecar`. Reads exactly the bytes of a block. Errors: a file that is not exactly as
/// long as the sidecar says.
std::unique_ptr<ImageSource> open_raw(const std::string& path, const std::string& sidecar);

/// Writes a volume in this machine's byte order and a JSON sidecar beside it; `voxel_size` in metres.
template <class T>
void write_raw(const std::string& path, const Volume<T>& volume, std::optional<double> voxel_size = {});
extern template void write_raw(const std::string&, const Volume<std::uint8_t>&, std::optional<double>);
extern template void write_raw(const std::string&, const Volume<std::uint16_t>&, std::optional<double>);
extern template void write_raw(const std::string&, const Volume<float>&, std::optional<double>);

}  // namespace protolith::io
