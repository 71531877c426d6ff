// One disk (2-D) or ball (3-D) painted into an image, row by row.
#pragma once

#include "volume/volume.hpp"

#include <cstdint>

namespace protolith::simulate {

/// A point in voxels; voxel centres are whole numbers. z is 0 in an image of one plane.
struct BallCentre {
    double z, y, x;
};

/// Gives every voxel whose centre is no farther than `radius` (voxels) from `centre` the value; what lies beyond the
/// edge is cut off, or painted at the other side if periodic.
void paint_ball(PhaseVolume& image, bool periodic, const BallCentre& centre, double radius, std::uint8_t value);

}  // namespace protolith::simulate
