// Two-point cluster function C2(r): both ends of a segment of r voxels lie in the same connected component
// (Torquato, Beasley & Chiew 1988, J. Chem. Phys. 88, 6540). C2 ≤ S2; what S2 has beyond it are pairs in different
// clusters.
#pragma once

#include "descriptors/components.hpp"
#include "descriptors/curve_counts.hpp"
#include "volume/volume.hpp"

namespace protolith::descriptors {

/// C2(r), r = 0 … max_r, along x and y (and z in 3-D), counted and divided as S2 is under the same boundary: where
/// the image repeats, clusters join across its edges; the companion's zero margin separates them.
/// `image` is what the components were found in; memory 4 bytes a voxel. InputError if max_r is beyond what the
/// smallest side allows. `part` divides the lines of every direction.
CurveCounts cluster_function(const PhaseVolume& image, const Components& components, int max_r, Part part = {});

}  // namespace protolith::descriptors
