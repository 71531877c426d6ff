// Images and volumes: a dense array of voxels (z, y, x), x fastest. A 2-D image has one plane.
#pragma once

#include "base/error.hpp"
#include "base/large_array.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace protolith {

/// Voxels along each axis; a 2-D image of H rows and W columns is {1, H, W}.
struct Extent {
    std::size_t z = 1, y = 1, x = 1;

    std::size_t count() const noexcept { return z * y * x; }
    int dimensions() const noexcept { return z > 1 ? 3 : 2; }
    bool operator==(const Extent&) const = default;
};

/// Readable form: "2320 × 2900" (rows × columns) or "64 × 64 × 64" (planes × rows × columns).
std::string to_string(const Extent& extent);

/// Dense array of voxels owned by one rank.
template <class T>
class Volume {
  public:
    Volume() : extent_{0, 0, 0} {}
    explicit Volume(Extent extent, T value = T{}) : extent_(extent), voxels_(extent.count(), value) {}
    Volume(Extent extent, const std::vector<T>& voxels) : extent_(extent), voxels_(voxels.begin(), voxels.end()) {
        require(voxels_.size() == extent_.count(), "{} voxels given for a volume of {}", voxels_.size(),
                extent_.count());
    }

    /// Voxels without a value, for what is written next anyway.
    static Volume unfilled(Extent extent) {
        Volume volume;
        volume.extent_ = extent;
        volume.voxels_.resize(extent.count());
        return volume;
    }

    const Extent& extent() const noexcept { return extent_; }
    std::size_t size() const noexcept { return voxels_.size(); }
    T* data() noexcept { return voxels_.data(); }
    const T* data() const noexcept { return voxels_.data(); }
    auto begin() noexcept { return voxels_.begin(); }
    auto end() noexcept { return voxels_.end(); }
    auto begin() const noexcept { return voxels_.begin(); }
    auto end() const noexcept { return voxels_.end(); }

    T& operator[](std::size_t i) noexcept { return voxels_[i]; }
    T operator[](std::size_t i) const noexcept { return voxels_[i]; }
    /// Voxel of a 2-D image.
    T& operator()(std::size_t y, std::size_t x) noexcept { return voxels_[y * extent_.x + x]; }
    T operator()(std::size_t y, std::size_t x) const noexcept { return voxels_[y * extent_.x + x]; }
    T& operator()(std::size_t z, std::size_t y, std::size_t x) noexcept {
        return voxels_[(z * extent_.y + y) * extent_.x + x];
    }
    T operator()(std::size_t z, std::size_t y, std::size_t x) const noexcept {
        return voxels_[(z * extent_.y + y) * extent_.x + x];
    }
    bool operator==(const Volume&) const = default;

  private:
    Extent extent_;
    LargeArray<T> voxels_;
};

/// Segmented image or volume: 1 is the phase of interest, 0 everything else.
using PhaseVolume = Volume<std::uint8_t>;
/// Grey values.
using GreyVolume = Volume<float>;

/// Fraction of voxels in the phase; an empty volume is an error.
double phase_fraction(const PhaseVolume& volume);

}  // namespace protolith
