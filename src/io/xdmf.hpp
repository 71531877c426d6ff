// XDMF sidecar of a volume in an HDF5 file: what ParaView opens. The values are cell data of a regular grid.
#pragma once

#include "io/hdf5/file_reader.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace protolith::io {

/// One volume to be shown: a dataset of three axes (z, y, x), or one item of a dataset of four (item, z, y, x), or, as
/// an image of one plane, one item of three axes (item, y, x) with `item` set, or two axes (y, x).
struct XdmfField {
    std::string dataset;  ///< absolute name in the file
    std::string label;    ///< name in ParaView
    long item = -1;       ///< index along the first axis, −1: no such axis
};

/// Text of the sidecar. `voxel` is the edge of a voxel (z, y, x) in metres or whatever unit is used. All fields must
/// have the same size. The HDF5 file is named by its absolute path, so that the sidecar can be opened from anywhere.
std::string to_xdmf(const FileReader& file, const std::vector<XdmfField>& fields, const std::array<double, 3>& voxel);

/// Writes the sidecar of `result` beside it ("result.xdmf" for "result.h5"), atomically, and returns its path.
std::filesystem::path write_xdmf(const std::filesystem::path& result, const std::vector<XdmfField>& fields,
                                 const std::array<double, 3>& voxel);

}  // namespace protolith::io
