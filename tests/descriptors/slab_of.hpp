// This rank's slab of a volume that every rank holds.
#pragma once

#include "volume/slab.hpp"

#include <algorithm>

namespace protolith::descriptors {

inline PhaseSlab slab_of(const Communicator& comm, const PhaseVolume& volume) {
    PhaseSlab slab(comm, volume.extent());
    const std::size_t plane = volume.extent().y * volume.extent().x;
    std::copy_n(volume.data() + slab.planes.first * plane, slab.voxels.size(), slab.voxels.data());
    return slab;
}

}  // namespace protolith::descriptors
