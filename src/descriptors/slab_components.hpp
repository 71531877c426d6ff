// Connected components of a volume that lies in slabs on several ranks: components of every slab (components.hpp), then
// union–find over the contacts across the faces of neighbouring slabs. The same on any number of ranks.
#pragma once

#include "descriptors/components.hpp"
#include "volume/slab.hpp"
#include "volume/window.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace protolith::descriptors {

/// What is known of a component of the whole volume.
struct ComponentFacts {
    std::uint64_t voxels = 0;
    std::uint64_t faces = 0;  ///< bit a: touches the first plane of axis a (0 z, 1 y, 2 x); bit 3 + a: the last

    /// Reaches from the first plane of an axis to the last.
    bool percolates(volume::Axis axis) const noexcept {
        const std::uint64_t both = std::uint64_t{0b1001} << static_cast<unsigned>(axis);
        return (faces & both) == both;
    }
    bool operator==(const ComponentFacts&) const = default;
};

/// The components of this rank's slab as parts of the volume's.
struct SlabComponents {
    Components local;                   ///< runs of the slab and their labels; empty if the slab is
    std::vector<ComponentFacts> facts;  ///< at [label − 1]: of the whole component to which the label belongs
    std::vector<std::uint8_t> first;  ///< at [label − 1]: 1 if no earlier slab and no smaller label has a part of it
    std::uint64_t count = 0;          ///< components of the volume
};

/// Axes along which a volume repeats: voxels at one end are neighbours of those at the other.
struct Wrap {
    bool z = false, y = false, x = false;

    bool any() const noexcept { return z || y || x; }
    /// All axes but one: pores that leave through a side come in again on the other, and still reach from end to end.
    static Wrap sides_of(volume::Axis axis) noexcept {
        return {axis != volume::Axis::z, axis != volume::Axis::y, axis != volume::Axis::x};
    }
};

/// Joins the voxels of the phase that are neighbours: 6, 18 or 26 (a slab or volume of one plane: 4 or 8 in it); what
/// lies beyond the edges is not the phase, unless they wrap (6 neighbours alone; else InputError). Collective. Memory:
/// 12 bytes a run and 1/8 byte a voxel.
SlabComponents connect_slabs(const Communicator& comm, const PhaseSlab& slab, Connectivity connectivity,
                             const Wrap& wrap = {});

/// The largest components of the volume, at most `most`, on every rank. Collective.
std::vector<ComponentFacts> largest_components(const Communicator& comm, const SlabComponents& components,
                                               std::size_t most);

/// Components by size: at [k] those of 2^k … 2^(k+1) − 1 voxels, on every rank. Collective.
std::vector<std::uint64_t> size_classes(const Communicator& comm, const SlabComponents& components);

}  // namespace protolith::descriptors
