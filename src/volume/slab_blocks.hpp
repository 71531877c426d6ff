// From slabs, in which a volume is measured, to the blocks in which a flow is computed.
#pragma once

#include "volume/blocks.hpp"
#include "volume/slab.hpp"

namespace protolith {

/// The voxels of this rank's block of a volume that lies in slabs on the ranks of `comm`. Blocks may overlap, leave
/// voxels out or be empty. Collective. Memory: what is sent and what is received once more.
Volume<float> block_of_slabs(const Communicator& comm, const Slab<float>& slab, const Block& mine);

}  // namespace protolith
