// Where the solver takes the pore space from: blocks of a segmented volume, in memory or in a file.
#pragma once

#include "volume/blocks.hpp"
#include "volume/volume.hpp"

#include <functional>

namespace protolith::flow {

/// The voxels of any block inside the volume; 1 is pore, 0 solid. Called by one rank for itself, not collectively.
using PhaseReader = std::function<PhaseVolume(const Block&)>;

/// Reads from a volume in memory, which must outlive the reader.
PhaseReader reader_of(const PhaseVolume& volume);

/// A block of `volume` with one voxel more on every side, wrapped around.
PhaseVolume read_with_rim(const PhaseReader& read, const Extent& volume, const Block& block);

}  // namespace protolith::flow
