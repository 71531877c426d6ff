// Linear voxel index to coordinates without a division: the inner loop does this twice per trial.
#pragma once

#include "base/random.hpp"
#include "volume/volume.hpp"

#include <cstdint>

namespace protolith::anneal {

struct Coordinates {
    std::uint32_t z, y, x;
};

/// n / divisor by one multiplication; exact for every 32-bit n (Granlund & Montgomery 1994, with a 64-bit reciprocal).
class FastDivision {
  public:
    explicit FastDivision(std::uint32_t divisor) : divisor_(divisor), reciprocal_(~std::uint64_t{0} / divisor + 1) {}
    std::uint32_t quotient(std::uint32_t n) const noexcept {
        // The reciprocal of 1 is 2^64, which wraps to 0.
        return divisor_ == 1 ? n : static_cast<std::uint32_t>((static_cast<uint128>(reciprocal_) * n) >> 64);
    }
    std::uint32_t divisor() const noexcept { return divisor_; }

  private:
    std::uint32_t divisor_;
    std::uint64_t reciprocal_;
};

/// Coordinates of a voxel of a volume with fewer than 2³² voxels, x fastest.
class Lattice {
  public:
    explicit Lattice(const Extent& extent)
        : extent_(extent),
          rows_(static_cast<std::uint32_t>(extent.y)),
          columns_(static_cast<std::uint32_t>(extent.x)) {}

    const Extent& extent() const noexcept { return extent_; }
    Coordinates coordinates(std::uint32_t voxel) const noexcept {
        const std::uint32_t row = columns_.quotient(voxel), plane = extent_.z == 1 ? 0 : rows_.quotient(row);
        return {plane, row - plane * rows_.divisor(), voxel - row * columns_.divisor()};
    }

  private:
    Extent extent_;
    FastDivision rows_, columns_;
};

}  // namespace protolith::anneal
