// From grey values to the pore space: a threshold, and the part of the pores that a flow can use.
#pragma once

#include "descriptors/slab_components.hpp"
#include "volume/slab.hpp"

#include <cstdint>

namespace protolith::segment {

/// Which side of the threshold the low-density phase lies: dark, value ≤ threshold, as in X-ray and backscattered
/// electron images; bright, value > threshold.
enum class Pores { dark, bright };

/// 1 where there are pores.
PhaseSlab pore_space(const GreySlab& grey, double threshold, Pores pores);

/// Which components stay: those that reach from end to end along one axis, or along any.
enum class Keep { along_axis, along_any_axis };

bool kept(const descriptors::ComponentFacts& component, Keep keep, volume::Axis axis);

/// The pore space without the voxels of the other components. `components` are those of the slab's pore space.
PhaseSlab connected_pores(const PhaseSlab& pores, const descriptors::SlabComponents& components, Keep keep,
                          volume::Axis axis);

/// Voxels of the phase in the whole volume. Collective.
std::uint64_t count_voxels(const Communicator& comm, const PhaseSlab& slab);

}  // namespace protolith::segment
