#include "tensor/shape.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace protolith {

Shape::Shape(std::initializer_list<std::int64_t> extents)
    : Shape(std::span<const std::int64_t>(extents.begin(), extents.size())) {}

Shape::Shape(std::span<const std::int64_t> extents) : rank_(static_cast<int>(extents.size())) {
    require(extents.size() <= max_rank, "a tensor has at most {} axes, not {}", max_rank, extents.size());
    std::copy(extents.begin(), extents.end(), extents_.begin());
    for (const auto extent : extents) require(extent >= 0, "extents must not be negative: {}", text());
}

int Shape::position(int axis) const {
    const int place = axis < 0 ? axis + rank_ : axis;
    require(place >= 0 && place < rank_, "shape {} has no axis {}", text(), axis);
    return place;
}

std::int64_t Shape::operator[](int axis) const { return extents_[static_cast<std::size_t>(position(axis))]; }

std::int64_t Shape::elements() const noexcept {
    std::int64_t count = 1;
    for (const auto extent : *this) count *= extent;
    return count;
}

std::int64_t Shape::product(int from, int to) const {
    require(from >= 0 && from <= to && to <= rank_, "shape {} has no axes {} to {}", text(), from, to);
    std::int64_t count = 1;
    for (int axis = from; axis < to; ++axis) count *= extents_[static_cast<std::size_t>(axis)];
    return count;
}

Shape Shape::with(int axis, std::int64_t extent) const {
    Shape changed = *this;
    changed.extents_[static_cast<std::size_t>(position(axis))] = extent;
    return changed;
}

std::string Shape::text() const {
    std::string result = "(";
    for (const auto& extent : *this) result += (&extent == begin() ? "" : ", ") + std::to_string(extent);
    return result + ")";
}

bool Shape::operator==(const Shape& other) const noexcept {
    return std::equal(begin(), end(), other.begin(), other.end());
}

}  // namespace protolith
