// Pore sizes and local thickness of one image by several ranks: distances by columns, balls and their laying by rows.
#pragma once

#include "base/communicator.hpp"
#include "base/stop.hpp"
#include "descriptors/boundary.hpp"
#include "volume/volume.hpp"

#include <cstdint>
#include <vector>

namespace protolith::descriptors {

/// Voxels of the phase by squared size: what pore_size_density and thickness_density are made of.
struct PoreSizes {
    std::vector<std::uint64_t> distance;   ///< by squared distance to the other phase
    std::vector<std::uint64_t> thickness;  ///< by squared radius of the largest ball that covers the voxel
    bool operator==(const PoreSizes&) const = default;
};

/// Counts of an image with both phases, which every rank of `team` holds; the same on every rank and for any number of
/// them. `pause` is asked now and then. Memory: 4 bytes a voxel, and 12 a voxel shared by the ranks. Collective.
PoreSizes pore_sizes(const Communicator& team, const PhaseVolume& image, Boundary boundary, const Pause& pause = {});

}  // namespace protolith::descriptors
