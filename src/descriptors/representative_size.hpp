// Representative elementary size (RES): how large a window must be before its F2 is that of the rock (Chen et al.,
// JGR Solid Earth: F2 of ten random windows at each of several sizes against the largest).
#pragma once

#include "base/communicator.hpp"
#include "base/stop.hpp"
#include "descriptors/boundary.hpp"
#include "volume/volume.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace protolith::descriptors {

struct RepresentativeSizeSettings {
    /// Sides of the windows in voxels, increasing, at least two.
    std::vector<std::size_t> sizes;
    /// Random windows at each size.
    std::size_t windows = 10;
    /// Greatest mean square error of F2 that still counts as representative.
    double tolerance = 1e-4;
    /// Compared are r = 0 … this, or what the smallest window defines if that is less; voxels.
    std::optional<int> max_r = std::nullopt;
    Boundary boundary = Boundary::non_periodic;
    std::uint64_t seed = 1;
};

/// A window by its first voxel (z, y, x) and its side; an image's windows are one plane thick.
struct Window {
    std::size_t z = 0, y = 0, x = 0, size = 0;
    bool operator==(const Window&) const = default;
};

/// The windows of a size.
struct SizeResult {
    std::size_t size = 0;
    std::vector<Window> windows;
    /// Windows without F2 since one phase is absent; they are left out of the mean.
    std::size_t undefined = 0;
    /// Mean F2 over the others, at the result's r; empty if none is left.
    std::vector<double> mean_f2;
    /// Mean over r of (mean F2 − that of the largest size)²; NaN if mean_f2 is empty.
    double mse = 0;
};

struct RepresentativeSize {
    std::vector<int> r;
    std::vector<SizeResult> sizes;
    double tolerance = 0;
    /// The smallest size from which on all have mse ≤ tolerance; none if only the largest has, which is compared with
    /// itself.
    std::optional<std::size_t> verdict;
};

/// Reads a window; called on the rank that works on it, so a large image may be read piece by piece.
using WindowReader = std::function<PhaseVolume(const Window&)>;

/// Window k = size index · windows + number, from the random stream (seed, k): where it lies depends on neither ranks
/// nor order.
std::vector<Window> random_windows(const Extent& extent, const RepresentativeSizeSettings& settings);

/// F2 (mean over directions) of all windows, shared over the ranks, and the verdict; the same on every rank and for any
/// number of ranks. InputError, before anything is read: fewer than two sizes, sizes not increasing, one that does not
/// fit (both named), no windows, a tolerance not above 0, max_r < 1. InputError too if no window of the largest size
/// has an F2. Collective.
/// What `pause`, asked before each window, throws on one rank is thrown on all.
RepresentativeSize representative_size(const Communicator& comm, const Extent& extent, const WindowReader& read,
                                       const RepresentativeSizeSettings& settings, const Pause& pause = {});
/// The same for an image that every rank holds.
RepresentativeSize representative_size(const Communicator& comm, const PhaseVolume& image,
                                       const RepresentativeSizeSettings& settings, const Pause& pause = {});

}  // namespace protolith::descriptors
