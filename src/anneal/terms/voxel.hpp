// Coordinates of a voxel and steps between voxels of a periodic volume.
#pragma once

#include "anneal/lattice.hpp"
#include "volume/volume.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace protolith::anneal {

/// (z, y, x), each within the volume. As a difference: each reduced modulo the extent.
using Voxel = std::array<std::uint32_t, 3>;
/// (z, y, x) step between voxels, of any sign.
using Offset = std::array<std::int64_t, 3>;

/// Extent by axis, and the way between linear indices and coordinates.
class Grid {
  public:
    explicit Grid(const Extent& extent)
        : sides_{static_cast<std::uint32_t>(extent.z), static_cast<std::uint32_t>(extent.y),
                 static_cast<std::uint32_t>(extent.x)},
          rows_(std::max(1u, sides_[1])),
          columns_(std::max(1u, sides_[2])) {}

    const Voxel& sides() const noexcept { return sides_; }
    std::size_t count() const noexcept { return std::size_t{sides_[0]} * sides_[1] * sides_[2]; }
    Voxel voxel(std::uint32_t index) const noexcept {
        const std::uint32_t row = columns_.quotient(index), plane = sides_[0] == 1 ? 0 : rows_.quotient(row);
        return {plane, row - plane * sides_[1], index - row * sides_[2]};
    }
    std::uint32_t index(const Voxel& v) const noexcept { return (v[0] * sides_[1] + v[1]) * sides_[2] + v[2]; }
    /// The offset, each component in [0, side).
    Voxel wrap(const Offset& offset) const noexcept {
        Voxel v;
        for (std::size_t a = 0; a < 3; ++a) {
            const std::int64_t side = sides_[a], rest = offset[a] % side;
            v[a] = static_cast<std::uint32_t>(rest < 0 ? rest + side : rest);
        }
        return v;
    }
    /// a + b and a − b, periodic.
    Voxel sum(const Voxel& a, const Voxel& b) const noexcept {
        Voxel v;
        for (std::size_t i = 0; i < 3; ++i) v[i] = a[i] + b[i] >= sides_[i] ? a[i] + b[i] - sides_[i] : a[i] + b[i];
        return v;
    }
    Voxel difference(const Voxel& a, const Voxel& b) const noexcept {
        Voxel v;
        for (std::size_t i = 0; i < 3; ++i) v[i] = a[i] >= b[i] ? a[i] - b[i] : a[i] + sides_[i] - b[i];
        return v;
    }

  private:
    Voxel sides_;
    FastDivision rows_, columns_;
};

}  // namespace protolith::anneal
