// Full map of the two-point probability S2(d) for every shift d, by the Wiener–Khinchin theorem: the pair counts are
// the inverse transform of |F|². Counts are integers and are recovered exactly by rounding.
#pragma once

#include "descriptors/boundary.hpp"
#include "volume/volume.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace protolith::descriptors {

/// Pair counts for all shifts from −reach to +reach along each axis (0 along an axis of one voxel).
struct TwoPointMap {
    Boundary boundary = Boundary::periodic;
    Extent image;
    Extent reach;
    /// (2·reach.z + 1, 2·reach.y + 1, 2·reach.x + 1); zero shift in the middle.
    Volume<std::uint64_t> counts;

    /// Pairs of voxels at shift (dz, dy, dx) that are both in the phase. Precondition: |d| ≤ reach on every axis.
    std::uint64_t count(std::ptrdiff_t dz, std::ptrdiff_t dy, std::ptrdiff_t dx) const noexcept;
    /// Number of pairs by which the count is divided: all that fit (non-periodic), all voxels (periodic), M per axis
    /// (companion).
    double pairs(std::ptrdiff_t dz, std::ptrdiff_t dy, std::ptrdiff_t dx) const noexcept;
    /// S2(dz, dy, dx) = count / pairs.
    double probability(std::ptrdiff_t dz, std::ptrdiff_t dy, std::ptrdiff_t dx) const noexcept {
        return static_cast<double>(count(dz, dy, dx)) / pairs(dz, dy, dx);
    }
};

/// S2 for all shifts up to `max_shift` voxels along each axis; without it up to half of each side (r < N/2; periodic r
/// ≤ N/2). A `max_shift` beyond what an axis has is cut to N − 1 (non-periodic) or N/2. Memory: 8 bytes per voxel of
/// the padded image, good_size(N + max_shift) along each axis when not periodic, and 8 bytes per shift. InputError for
/// an empty image.
TwoPointMap two_point_map(const PhaseVolume& image, Boundary boundary,
                          std::optional<std::size_t> max_shift = std::nullopt);

/// Mean of S2 over all shifts whose length rounds to r, for r = 0 … the smallest reach (axes of one voxel left out).
/// In 2-D the shifts of bin 1 are 1.2 long in the mean, those of later bins r to 1 %.
std::vector<double> radial_average(const TwoPointMap& map);

/// S2 of every shift as a picture, same layout as `counts`.
Volume<double> probabilities(const TwoPointMap& map);

}  // namespace protolith::descriptors
