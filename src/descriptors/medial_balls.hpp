// The balls that no neighbouring ball contains: few, and together they cover the phase. Digital balls are compared
// exactly by tables of the radius that a ball one step away must have (Rémy & Thiel 2005, Image Vis. Comput. 23, 167).
#pragma once

#include "descriptors/boundary.hpp"
#include "volume/volume.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace protolith::descriptors {

/// The voxels nearer to voxel `centre` than the square root of `squared_radius`.
struct Ball {
    std::uint32_t squared_radius;
    std::size_t centre;
};

/// All balls of `squared` (a squared distance map) but those that lie in a neighbour's, largest first.
std::vector<Ball> medial_balls(const Volume<std::uint32_t>& squared, Boundary boundary);

}  // namespace protolith::descriptors
