// Blocks of a volume: sub-boxes, and the division of a volume over ranks on a Cartesian grid.
// The grid is the factorisation of the number of ranks that exchanges the least surface with its periodic neighbours.
#pragma once

#include "volume/volume.hpp"

#include <string>

namespace protolith {

/// A box of voxels inside a larger volume: `offset` is its first voxel, `extent` its size.
struct Block {
    Extent offset{0, 0, 0};
    Extent extent{0, 0, 0};

    std::size_t count() const noexcept { return extent.count(); }
    bool operator==(const Block&) const = default;
};

/// The whole of a volume as one block.
inline Block whole(const Extent& extent) { return {{0, 0, 0}, extent}; }
/// True if `block` is not empty and lies inside a volume of `extent` (no wrap).
bool inside(const Block& block, const Extent& extent) noexcept;
/// Readable form: "[0:64, 128:256, 0:256]" (z, y, x; half-open).
std::string to_string(const Block& block);

/// Division of a volume over ranks. Ranks count x fastest, then y, then z; along an axis that does not divide evenly
/// the first blocks are one voxel longer.
///
/// When no factorisation of the number of ranks fits into the volume (more ranks than voxels, or a large prime factor
/// that is longer than every axis), the largest number of ranks that fits is used and the last ranks own an empty
/// block.
class BlockGrid {
  public:
    /// Divides `volume` (no axis may be empty) over `ranks` >= 1.
    BlockGrid(const Extent& volume, int ranks);

    const Extent& volume() const noexcept { return volume_; }
    /// Blocks along each axis.
    const Extent& grid() const noexcept { return grid_; }
    int ranks() const noexcept { return ranks_; }
    /// Ranks that own voxels.
    int used_ranks() const noexcept { return static_cast<int>(grid_.count()); }

    /// The block of a rank; empty (0 × 0 × 0) for a rank without voxels.
    Block block(int rank) const;
    /// The rank `dz`, `dy`, `dx` blocks away, periodic; `rank` must own voxels.
    int neighbour(int rank, int dz, int dy, int dx) const;
    /// The rank that owns a voxel.
    int owner(std::size_t z, std::size_t y, std::size_t x) const;

  private:
    Extent position(int rank) const;

    Extent volume_, grid_;
    int ranks_;
};

}  // namespace protolith
