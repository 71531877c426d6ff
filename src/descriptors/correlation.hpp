// The curves of distance by counting on bit-packed lines: two-point S2, polygon functions P3H, P3V, P4, P6, lineal path
// L (Torquato 2002, Random Heterogeneous Materials, ch. 2; Chen et al. 2019, Acta Materialia 179, 317, for Pn).
#pragma once

#include "descriptors/packed_volume.hpp"

namespace protolith::descriptors {

/// S2(r), r = 0 … max_r: both ends of a segment of r pixels in the phase, along x and y (and z in 3-D).
/// Each function raises an InputError if max_r is beyond volume.largest_distance(), naming both.
CurveCounts two_point(const PackedVolume& volume, int max_r, Part part = {});

/// Pn(r): all vertices of the polygon of edge r in the phase; in 3-D in the planes yx, zx and zy. Holds the r ≤ max_r
/// that `rule` defines.
CurveCounts polytope(const PackedVolume& volume, Polytope polytope, VertexRule rule, int max_r, Part part = {});

/// L(r): all r + 1 voxels of a segment of r pixels in the phase, along x and y (and z in 3-D). Each run of ℓ voxels
/// that does not wrap around contributes max(ℓ − r, 0), as in the companion code.
CurveCounts lineal_path(const PackedVolume& volume, int max_r, Part part = {});

}  // namespace protolith::descriptors
