// The passes of which the Euclidean distance transform consists (distance.hpp), for those who hold parts of a volume.
#pragma once

#include "descriptors/boundary.hpp"
#include "volume/volume.hpp"

#include <cstddef>
#include <cstdint>

namespace protolith::descriptors {

/// InputError if distances in a volume of this extent are undefined or do not fit in 32 bits.
void require_distances_defined(const Extent& extent, Boundary boundary);

/// Squared distance along a row to the nearest 0; `periodic` rows continue at their other end. infinite_distance in a
/// row without any.
void distances_along_row(const std::uint8_t* row, std::size_t n, bool periodic, std::uint32_t* squared);

/// Replaces f by min over i of f(i) + (x − i)² (lower envelopes of parabolas) along an axis of n voxels that lie `step`
/// apart, for all lines of a block of `step` · n voxels.
void distances_along_axis(std::uint32_t* block, std::size_t n, std::size_t step, bool periodic);

}  // namespace protolith::descriptors
