// Local thickness: diameter of the largest sphere that lies in the phase and covers the point (Hildebrand & Rüegsegger
// 1997, J. Microsc. 185, 67).
#pragma once

#include "base/stop.hpp"
#include "descriptors/boundary.hpp"
#include "descriptors/medial_balls.hpp"
#include "volume/volume.hpp"

#include <cstdint>
#include <span>

namespace protolith::descriptors {

/// Square of the radius of the largest ball that covers each voxel. A ball around voxel c holds the voxels nearer to c
/// than c's distance to the other phase. 0 outside the phase; infinite_distance if there is no other phase. `squared`
/// is squared_distance() of the image under the same boundary. Memory: 4 more bytes a voxel.
Volume<std::uint32_t> covering_ball(const Volume<std::uint32_t>& squared, Boundary boundary);
/// The same in rows z·Y + y = first … last − 1 of an image of `extent` alone, from all its medial balls, largest first:
/// (1, rows, X). What a rank does of an image that several share; `pause` is asked now and then.
Volume<std::uint32_t> covering_ball(const Extent& extent, std::span<const Ball> balls, Boundary boundary,
                                    const ItemRange& rows, const Pause& pause = {});

/// Thickness in voxels of a ball that reaches from centre to centre over `radius` voxels: the interface lies half a
/// voxel before the other phase's centre on both sides. Exact for a stripe of odd width; one of even width has no voxel
/// in its middle and counts one less.
constexpr double thickness_of_radius(double radius) { return 2 * radius - 1; }

/// Local thickness of every voxel in voxels, 0 outside the phase, infinity if there is no other phase.
Volume<float> local_thickness(const PhaseVolume& image, Boundary boundary);

}  // namespace protolith::descriptors
