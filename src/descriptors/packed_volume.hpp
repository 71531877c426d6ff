// A segmented image or volume made ready for counting: bit-packed lines, wrapped or widened as its boundary asks.
#pragma once

#include "descriptors/curve_counts.hpp"
#include "descriptors/polytope_vertices.hpp"
#include "volume/bit_rows.hpp"

#include <string>

namespace protolith::descriptors {

/// Lines along one axis, and where a shifted read takes its voxels from: the doubled lines if they wrap around.
struct PackedLines {
    BitRows plain, twice;
    bool wraps = false;
    const BitRows& shifted() const noexcept { return wraps ? twice : plain; }
};

/// Which index of the grid of lines the second coordinate of a pattern runs along (BitRows: outer × inner).
enum class Across { inner, outer };

/// A plane or direction to count in: its lines and what lies across them.
struct Sweep {
    std::string name;  // "yx": second coordinate along y, lines along x
    const PackedLines* lines;
    Across across;
};

class PackedVolume {
  public:
    /// Packs `volume` (at least one voxel). Memory: 1 bit a voxel non-periodic, 3 bits else; twice that in 3-D.
    PackedVolume(const PhaseVolume& volume, Boundary boundary);
    PackedVolume(const PackedVolume&) = delete;
    PackedVolume& operator=(const PackedVolume&) = delete;

    Boundary boundary() const noexcept { return boundary_; }
    bool wraps() const noexcept { return boundary_ != Boundary::non_periodic; }
    int dimensions() const noexcept { return given_.dimensions(); }
    /// Voxels as given, without the companion's zero margin.
    const Extent& extent() const noexcept { return given_; }
    /// Greatest r that the smallest side and the boundary allow.
    int largest_distance() const noexcept { return largest_distance_; }
    /// InputError naming both numbers unless 0 ≤ max_r ≤ largest_distance().
    void require_distance(const std::string& name, int max_r) const;

    /// Lines along x.
    const PackedLines& rows() const noexcept { return x_; }
    /// The planes: yx, and in 3-D zx and zy.
    std::vector<Sweep> planes() const;

  private:
    Extent given_;
    Boundary boundary_;
    int largest_distance_;
    PackedLines x_, y_;  // y_ in 3-D only
};

/// Occurrences of a pattern and the placements that were possible.
struct Tally {
    std::uint64_t count = 0, placements = 0;
};

/// Counts the positions at which all `offsets` (y across the lines, x along them) are in the phase. `part` divides the
/// positions counted, not the placements stated.
Tally count_pattern(const Sweep& sweep, std::vector<Offset> offsets, Part part = {});

}  // namespace protolith::descriptors
