// Local pore sizes of the rocks through which a gas flows: measured in slabs by all ranks, then handed to the blocks in
// which the groups of ranks compute.
#pragma once

#include "base/stop.hpp"
#include "flow_rock.hpp"
#include "volume/slab.hpp"

namespace protolith::jobs {

/// The local pore size of every pore voxel under a drive, in voxels.
struct PoreSizes {
    Slab<float> size;  ///< with `walls` layers around the volume
    Extent walls;      ///< 1 along axes beyond whose ends lies a solid wall
    double mean = 0, smallest = 0;
    double mean_inverse = 0;  ///< mean of 1/size: times the mean free path it is the mean Knudsen number
};

/// Measures `extent` voxels of a rock. Where the flow repeats along all axes, so do the distances to the walls; else
/// nothing is known beyond pressure ends. Infinite where no wall is found. Collective; throws what `pause` throws.
PoreSizes measure_pore_sizes(const Communicator& comm, const Rock& rock, const Extent& extent, const DriveKeys& drive,
                             volume::Axis axis, SlipKeys::PoreSize kind, const Pause& pause);

/// The sizes in this rank's block (which may be empty). Collective over the ranks that measured.
Volume<float> pore_sizes_in(const Communicator& comm, const PoreSizes& sizes, Block block);

}  // namespace protolith::jobs
