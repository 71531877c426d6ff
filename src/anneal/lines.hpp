// The lines of a periodic volume along one lattice direction, one bit a voxel, in both senses. The lags 1, 2, … of a
// voxel are then 64 consecutive bits from any place: both ends of every line are continued periodically.
#pragma once

#include "anneal/lattice.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace protolith::anneal {

/// A lattice direction: one component ±1 (an axis) or two (a face diagonal), the first that is not 0 being +1.
struct Step {
    int z, y, x;
    bool operator==(const Step&) const = default;
};

/// Rows and columns of an image, or the lines along x, y, z of a volume.
std::vector<Step> axis_steps(const Extent& extent);
/// Both diagonals of an image, or the six face diagonals of a volume.
std::vector<Step> diagonal_steps(const Extent& extent);

/// 64 bits of a line from a given place, and the following ones.
struct Window {
    const std::uint64_t* words;
    unsigned shift;
    std::uint64_t block(std::size_t k) const noexcept {
        return (words[k] >> shift) | (words[k + 1] << 1 << (63 - shift));
    }
};

class Lines {
  public:
    /// Lines of a volume along `step`; windows reach to lag `reach` ≤ half the length of a line.
    Lines(const Extent& extent, const Step& step, std::size_t reach);

    struct Place {
        std::uint32_t line, at;
    };
    /// The line through a voxel and the place on it.
    Place locate(const Coordinates& c) const noexcept {
        if (!diagonal_) return {c.z * line_of_[0] + c.y * line_of_[1] + c.x * line_of_[2], coordinate(c, axis_)};
        const std::uint32_t u = coordinate(c, axis_);
        const std::uint32_t v = falling_ ? sides_[second_] - 1 - coordinate(c, second_) : coordinate(c, second_);
        const Place& start = starts_[(v + sides_[second_] - u % sides_[second_]) % sides_[second_]];
        const std::uint32_t plane = coordinate(c, 3 - axis_ - second_);
        return {plane * lines_per_plane_ + start.line, u + start.at};
    }
    /// Lags 1, 2, … ahead of a place, and behind it.
    Window ahead(const Place& p) const noexcept { return window(forward_, p.line, p.at + 1); }
    Window behind(const Place& p) const noexcept { return window(backward_, p.line, length_ - p.at + 1); }

    std::size_t count() const noexcept { return count_; }
    std::uint32_t length() const noexcept { return length_; }
    /// Words of all lines, `stride` for each: bit t of a line ahead is place t, bit t behind is place length − t; both
    /// are continued periodically.
    const std::uint64_t* words_ahead() const noexcept { return forward_.data(); }
    const std::uint64_t* words_behind() const noexcept { return backward_.data(); }
    std::size_t stride() const noexcept { return stride_; }
    std::size_t memory() const noexcept { return (forward_.size() + backward_.size()) * sizeof(std::uint64_t); }

    void set(const Coordinates& c, bool phase) noexcept;
    void assign(const PhaseVolume& volume);

  private:
    static std::uint32_t coordinate(const Coordinates& c, int axis) noexcept {
        return axis == 0 ? c.z : axis == 1 ? c.y : c.x;
    }
    Window window(const std::vector<std::uint64_t>& bits, std::uint32_t line, std::uint32_t first) const noexcept {
        return {&bits[line * stride_ + first / 64], first % 64};
    }
    void set_bits(std::uint64_t* words, std::uint32_t at, bool phase) noexcept;
    void lay_out_axis(const Extent& extent);
    void lay_out_diagonals();

    std::array<std::uint32_t, 3> sides_, line_of_{};
    int axis_ = 0, second_ = 0;
    bool diagonal_ = false, falling_ = false;
    std::uint32_t length_ = 0, lines_per_plane_ = 0, reach_ = 0;
    std::size_t count_ = 0, stride_ = 0;
    std::vector<Place>
        starts_;  // by (v − u) mod side: line within the plane, and the part of the place that u does not give
    std::vector<std::uint64_t> forward_, backward_;
};

}  // namespace protolith::anneal
