// An image as the runs of its phase: every row cut into maximal segments. What components, their shapes and cluster
// functions work on, since an image has far fewer runs than voxels.
#pragma once

#include "volume/bit_rows.hpp"
#include "volume/volume.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace protolith::descriptors {

/// Voxels first … last − 1 of one row.
struct Run {
    std::uint32_t first, last;
    bool operator==(const Run&) const = default;
};

/// Runs of all lines of an image along one axis, lines in order, runs along each. Lines along x are the rows (z, y).
struct PhaseRuns {
    /// Voxels of the image as lines: (outer, inner, length of a line); along x the image's own (z, y, x).
    Extent extent;
    LargeArray<Run> runs;
    /// Runs of line z·Y + y are row_begin[line] … row_begin[line + 1] − 1.
    std::vector<std::uint32_t> row_begin;
    BitRows bits;

    std::size_t rows() const noexcept { return extent.z * extent.y; }
};

/// Every voxel that is not 0 belongs to the phase. Error if there are more than 2^32 − 1 runs or a line is longer than
/// that.
PhaseRuns phase_runs(const PhaseVolume& image, Axis axis = Axis::x);

/// Runs i (of row a) and j (of row b) that touch.
struct RunContact {
    std::uint32_t i, j;
};

/// Room behind a list of runs or contacts that may be written to without meaning.
inline constexpr std::size_t spoilt_behind = 4;

/// All contacts of rows a and b, found 64 voxels at a time: runs touch that share a column, and if `diagonal` also
/// those whose ends lie in neighbouring columns. `contacts` holds at least as many as a row has voxels; returns their
/// number.
std::size_t touching_runs(const PhaseRuns& image, std::size_t a, std::size_t b, bool diagonal, RunContact* contacts);

}  // namespace protolith::descriptors
