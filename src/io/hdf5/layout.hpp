// How datasets are cut: chunks that carry a checksum each, and pieces of a slab for one collective write.
#pragma once

#include "io/hdf5/handle.hpp"

#include <cstddef>
#include <vector>

#include <hdf5.h>

namespace protolith::io {

using Shape = std::vector<hsize_t>;

/// A box of elements: first index and extent along each axis.
struct Slab {
    Shape offset, count;
    hsize_t elements() const noexcept;
};

/// Largest chunk: a chunk is read and checked as a whole and must fit the chunk cache of 1 MiB.
inline constexpr hsize_t largest_chunk = hsize_t{1} << 20;

/// Chunk of a dataset: one item (image, plane) where there are three axes or more, otherwise everything; cut along the
/// leading axes until it has at most 1 MiB. Axes of length zero get chunks of one.
Shape chunk_shape(const Shape& shape, std::size_t element_size);

/// Upper bound of the bytes that the chunks of a dataset take in the file, checksums and index included.
hsize_t chunked_bytes(const Shape& shape, const Shape& chunk, std::size_t element_size);

/// Cuts a slab into consecutive pieces of at most `largest` bytes each (one element at least), along the first axis
/// that can be cut and on chunk boundaries where possible, so that each piece is contiguous in memory. None if empty.
std::vector<Slab> cut_slab(const Slab& slab, const Shape& chunk, std::size_t element_size, hsize_t largest);

/// Memory that holds a box row-major. It has the axes of the box: HDF5 copies boxes of one shape chunk by chunk, and
/// boxes of different shapes (a plain run of elements) element by element, twenty times slower.
SpaceHandle memory_space(const Shape& count);

}  // namespace protolith::io
