// Local pore size by rays to the walls: the quick alternative to inscribed spheres, along lines instead of all around.
#pragma once

#include "volume/slab.hpp"

namespace protolith::descriptors {

/// Length in voxels of the shortest of the nine chords through each voxel of the phase that run along the 18 neighbour
/// directions (axes and face diagonals), from wall to wall: exact between walls across one of them, whatever the width,
/// and at most 1/cos(22.5°) = 1.08 too long in a channel or duct that lies obliquely in a plane of two axes. Walls lie
/// half-way between voxels. A chord that leaves the volume has no end: it counts only if all others do too, as
/// infinity. 0 outside the phase. Planes are passed from slab to slab, so that the result is that of the whole volume.
/// Collective. Memory: 8 bytes a voxel of the slab.
Slab<float> shortest_chord(const Communicator& comm, const PhaseSlab& slab);

}  // namespace protolith::descriptors
