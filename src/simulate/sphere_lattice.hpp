// Cubic lattices of equal spheres, whose drag is tabulated by the concentration: χ = (c/c_max)^{1/3}, c the fraction of
// the volume that spheres take, c_max where they touch (Sangani & Acrivos 1982, Int. J. Multiphase Flow 8, 343).
#pragma once

#include "simulate/paint_ball.hpp"
#include "volume/volume.hpp"

#include <vector>

namespace protolith::simulate {

enum class SphereLattice { simple_cubic, body_centred };

/// Radius at which neighbours touch in a lattice of cubic cells of side `cell`: ½ or √3/4 of it. Same unit as `cell`.
double touching_radius(SphereLattice lattice, double cell);

/// c: the fraction of the volume that spheres of `radius`, no larger than the touching one, take.
double sphere_concentration(SphereLattice lattice, double radius, double cell);

/// Centres in voxels, in a periodic volume whose sides are multiples of `cell` (checked): in the middle of every cell,
/// body-centred also at its corner. The middle of a cell lies between voxels where `cell` is even.
std::vector<BallCentre> lattice_centres(SphereLattice lattice, const Extent& extent, std::size_t cell);

}  // namespace protolith::simulate
