// Images in HDF5 datasets, read by each process on its own: 2-D (rows, columns), 3-D (planes, rows, columns), and one
// item of a batch with one more leading axis. Types: integers of 8 and 16 bits, booleans, float and double.
#pragma once

#include "io/image/image_path.hpp"
#include "io/image/source.hpp"

#include <memory>
#include <string>
#include <vector>

namespace protolith::io {

/// Opens `file:/dataset` or, with an item, `file:/dataset[k]`: index k of the leading axis. Signed integers and
/// floating-point numbers become float32. Errors (InputError): no dataset named (the message lists the file's), not 2-D
/// or 3-D, other types.
std::unique_ptr<ImageSource> open_hdf5_image(const ImagePath& path);

/// The axes of a dataset, slowest first.
std::vector<std::size_t> hdf5_shape(const ImagePath& path);

}  // namespace protolith::io
