// The balls that no neighbouring ball contains: few, and together they cover the phase. Digital balls are compared
// exactly by tables of the radius that a ball one step away must have (Rémy & Thiel 2005, Image Vis. Comput. 23, 167).
#pragma once

#include "descriptors/curve_counts.hpp"
#include "volume/volume.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace protolith::descriptors {

/// The voxels nearer to voxel `centre` than the square root of `squared_radius`.
struct Ball {
    std::uint64_t squared_radius;
    std::uint64_t centre;
};

/// All balls of `squared` (a squared distance map) but those that lie in a neighbour's, largest first. `part` divides
/// the rows of centres.
std::vector<Ball> medial_balls(const Volume<std::uint32_t>& squared, Boundary boundary, Part part = {});

/// Orders balls of several parts: largest first, at equal size by their centres.
void sort_largest_first(std::vector<Ball>& balls);

}  // namespace protolith::descriptors
