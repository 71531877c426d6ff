// A checksum of a dataset's content that does not depend on how it is cut: the sum over elements of value ×
// weight(index) modulo 2^64, values as unsigned integers of their bits, weights odd and pseudo-random. Any single
// changed element changes it. It covers what Fletcher32 cannot: a chunk lost to zeros (whose Fletcher32 is right) or
// taken from elsewhere.
#pragma once

#include "io/hdf5/layout.hpp"

#include <cstdint>

namespace protolith::io {

/// Name of the attribute that holds it.
inline constexpr const char* content_sum_attribute = "content_sum";

/// The part of the sum that a slab (row-major in `data`) contributes to a dataset of this shape. Elements of 1, 4 or 8
/// bytes count as one number, others (texts) as their bytes.
std::uint64_t content_sum(const Slab& slab, const Shape& shape, std::size_t element_size, const void* data);

}  // namespace protolith::io
