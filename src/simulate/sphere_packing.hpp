// Random packings of equal spheres that do not overlap, in a periodic box. Centres start independent and uniform;
// spheres that overlap push each other apart until none do (Jodrey & Tory 1985, Phys. Rev. A 32, 2347; Mościński,
// Bargieł, Rycerz & Jacobs 1989, Mol. Simul. 3, 201: the force-biased variant). Reaches the fractions of unconsolidated
// sands; random close packing ends at 0.64.
#pragma once

#include "base/random.hpp"
#include "simulate/paint_ball.hpp"
#include "volume/volume.hpp"

#include <cstddef>
#include <vector>

namespace protolith::simulate {

/// Largest fraction of the volume that spheres may be asked to take.
inline constexpr double densest_packing = 0.62;

/// Centres in voxels, 0 ≤ z, y, x < sides, of `count` spheres of `radius`: every two are at least 2·radius apart, also
/// across the edges. Each side must be at least 4·radius, so that two spheres meet once. Draws from `random` alone.
/// Errors: InputError if the sides are shorter or the fraction is above densest_packing; Error if overlaps remain.
std::vector<BallCentre> packed_centres(const Extent& extent, double radius, std::size_t count, RandomStream& random);

}  // namespace protolith::simulate
