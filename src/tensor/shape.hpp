// The extents of a tensor, outermost first: images (N, H, W, C), volumes (N, D, H, W, C), channels last.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>

namespace protolith {

/// Up to five extents, each at least 0. A scalar has none and one element.
class Shape {
  public:
    static constexpr int max_rank = 5;

    Shape() = default;
    Shape(std::initializer_list<std::int64_t> extents);
    explicit Shape(std::span<const std::int64_t> extents);

    int rank() const noexcept { return rank_; }
    /// Extent of an axis; negative axes count from the end. An axis that is not there is an Error.
    std::int64_t operator[](int axis) const;
    std::int64_t elements() const noexcept;
    /// Product of the extents of axes [from, to).
    std::int64_t product(int from, int to) const;
    /// The same shape with another extent at `axis`.
    Shape with(int axis, std::int64_t extent) const;
    const std::int64_t* begin() const noexcept { return extents_.data(); }
    const std::int64_t* end() const noexcept { return extents_.data() + rank_; }
    /// "(64, 32, 32, 128)".
    std::string text() const;

    bool operator==(const Shape& other) const noexcept;

  private:
    int position(int axis) const;

    std::array<std::int64_t, max_rank> extents_{};
    int rank_ = 0;
};

}  // namespace protolith
