// Counts of the 2 × 2 (× 2) configurations of a binary image, from which all Minkowski functionals follow linearly
// (Ohser & Mücklich 2000, Statistical Analysis of Microstructures in Materials Science, ch. 4).
#pragma once

#include "base/communicator.hpp"
#include "descriptors/curve_counts.hpp"
#include "volume/volume.hpp"

#include <array>
#include <cstdint>

namespace protolith::descriptors {

/// What lies beyond the image.
/// inside: nothing is assumed; only configurations within the image count (unbiased densities of a larger medium).
/// background: the other phase; the image is a finite object, its Euler numbers are integers.
/// periodic: the image again.
enum class Frame { inside, background, periodic };

/// counts[c]: windows of 2 × 2 pixels in state c, bit x + 2 y set where pixel (y, x) is in the phase.
struct Configurations2 {
    std::array<std::uint64_t, 16> counts{};
    std::uint64_t pixels = 0;  // of the whole image
    bool operator==(const Configurations2&) const = default;
};
/// counts[c]: windows of 2 × 2 × 2 voxels in state c, bit x + 2 y + 4 z.
struct Configurations3 {
    std::array<std::uint64_t, 256> counts{};
    std::uint64_t voxels = 0;
    bool operator==(const Configurations3&) const = default;
};

/// Of a 2-D image with at least one pixel. `part` divides the rows of windows; counts of all parts add up.
Configurations2 configurations_2d(const PhaseVolume& image, Frame frame, Part part = {});
/// Of a volume with at least one voxel (one plane is a volume one voxel thick); `part` divides the rows of windows.
Configurations3 configurations_3d(const PhaseVolume& volume, Frame frame, Part part = {});

/// Adds the counts of every rank's part. Collective.
void sum_over_ranks(const Communicator& comm, Configurations2& configurations);
void sum_over_ranks(const Communicator& comm, Configurations3& configurations);

}  // namespace protolith::descriptors
