// Exact Euclidean distance transform in linear time: distances along rows, then lower envelopes of parabolas along the
// other axes (Meijster, Roerdink & Hesselink 2000; Felzenszwalb & Huttenlocher 2012, Theory of Computing 8, 415).
#pragma once

#include "base/communicator.hpp"
#include "descriptors/boundary.hpp"
#include "volume/volume.hpp"

#include <cstdint>
#include <limits>

namespace protolith::descriptors {

/// The squared distance where there is no other phase at all.
inline constexpr std::uint32_t infinite_distance = std::numeric_limits<std::uint32_t>::max();

/// Square of the distance from the centre of every voxel of the phase to the centre of the nearest voxel of the other,
/// in voxels; 0 outside the phase; infinite_distance everywhere if the whole image is the phase. What lies beyond the
/// edge is unknown (non-periodic: it is no other phase) or the image again (periodic). InputError for companion, whose
/// zero margin is no part of the rock, for an empty image, and if the squared diagonal does not fit in 32 bits.
Volume<std::uint32_t> squared_distance(const PhaseVolume& image, Boundary boundary);
/// The same in columns first … last − 1 of every row alone (z, y, columns): what a rank does of an image that several
/// share. May be empty.
Volume<std::uint32_t> squared_distance(const PhaseVolume& image, Boundary boundary, const ItemRange& columns);

}  // namespace protolith::descriptors
