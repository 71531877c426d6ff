// Distances and pore sizes of a volume that lies in slabs on several ranks: the same as of the whole volume on one.
#pragma once

#include "base/stop.hpp"
#include "descriptors/boundary.hpp"
#include "volume/slab.hpp"

namespace protolith::descriptors {

/// Exact squared Euclidean distance (distance.hpp): along rows and columns in the slab, then along z with the volume
/// turned so that every rank holds some rows of all planes. Collective. Memory: 12 bytes a voxel of the slab.
Slab<std::uint32_t> squared_distance(const Communicator& comm, const PhaseSlab& slab, Boundary boundary);

/// Diameter in voxels of the largest sphere that lies in the phase and covers the voxel (local_thickness.hpp): the
/// local pore size of a flow, the same across a channel from wall to wall. The wall lies half a voxel before the
/// solid's centre; a channel of even width has no voxel in its middle and counts one less. 0 outside the phase,
/// infinity if there is no other phase. Collective. `pause` is asked now and then.
Slab<float> pore_diameter(const Communicator& comm, const PhaseSlab& slab, Boundary boundary, const Pause& pause = {});

}  // namespace protolith::descriptors
