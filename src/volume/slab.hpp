// A slab of a large volume: the planes that one rank holds. Slabs are Communicator::share of the planes, in the order
// of the ranks; ranks beyond the number of planes hold none.
#pragma once

#include "base/communicator.hpp"
#include "volume/volume.hpp"

namespace protolith {

template <class T>
struct Slab {
    Extent whole;      ///< of the volume
    ItemRange planes;  ///< first and one past last plane that this rank holds
    Volume<T> voxels;  ///< (planes.size(), whole.y, whole.x)

    Slab() = default;
    /// This rank's slab of a volume, voxels without a value.
    Slab(const Communicator& comm, const Extent& volume)
        : whole(volume),
          planes(comm.share(volume.z)),
          voxels(Volume<T>::unfilled({planes.size(), volume.y, volume.x})) {}

    bool empty() const noexcept { return planes.size() == 0; }
};

using PhaseSlab = Slab<std::uint8_t>;
using GreySlab = Slab<float>;

}  // namespace protolith
