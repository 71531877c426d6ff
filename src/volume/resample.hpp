// Sizes of images: area average with a threshold at one half (keeps the phase fraction), the companion rule "any" of
// published WGAN-GP preparation (any value > 0 becomes 1, which dilates the phase), and coarsening by two.
#pragma once

#include "volume/volume.hpp"

namespace protolith::volume {

/// How a phase is resized.
enum class ResizeRule {
    area,  ///< 1 where more than half of the target voxel's box is phase; exactly half: 1 on every other voxel, a
           ///< checkerboard
    any    ///< linear interpolation at the target voxel's centre without blur, 1 where it is above 0
};

/// Mean of each target voxel's box; boxes may cut through voxels. `target` may be smaller or larger along any axis.
/// The mean of the result is that of `grey`.
GreyVolume area_average(const GreyVolume& grey, const Extent& target);

/// The phase at another size. With ResizeRule::area box sums are whole numbers, so that halves are exact; ties
/// alternate because either constant answer would shift the phase fraction.
PhaseVolume resize(const PhaseVolume& phase, const Extent& target, ResizeRule rule = ResizeRule::area);

/// The extent of half the size, rounded up; an axis of one voxel stays (a 2-D image stays 2-D).
Extent halved(const Extent& extent) noexcept;

/// Half the size by area: every second step of a multigrid.
PhaseVolume coarsen(const PhaseVolume& phase);
GreyVolume coarsen(const GreyVolume& grey);

}  // namespace protolith::volume
