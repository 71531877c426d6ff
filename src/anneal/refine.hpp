// Starting configurations: voxels drawn at random, and the next finer level of the multigrid from a coarser one.
#pragma once

#include "anneal/candidates.hpp"
#include "base/random.hpp"
#include "volume/volume.hpp"

namespace protolith::anneal {

/// `in_phase` voxels drawn at random (Fisher–Yates).
PhaseVolume random_volume(const Extent& extent, std::size_t in_phase, RandomStream& random);

/// Every voxel becomes a block of the finer extent; then voxels of the interface, drawn at random, change phase until
/// `in_phase` are in it.
PhaseVolume refined(const PhaseVolume& coarse, const Extent& extent, std::size_t in_phase, RandomStream& random);

}  // namespace protolith::anneal
