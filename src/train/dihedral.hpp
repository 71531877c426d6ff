// The symmetries of a square (the dihedral group of order 8) on images: how a few windows of a rock become many.
#pragma once

#include <cstddef>
#include <cstdint>

namespace protolith::train {

/// Symmetries under which a training set is taken to be the same: none; mirrors in rows and columns (4, for rocks whose
/// directions differ, and for rectangles); all of the square (8).
enum class Symmetry : std::uint8_t { none, mirrors, square };

constexpr unsigned order_of(Symmetry symmetry) {
    return symmetry == Symmetry::none ? 1 : symmetry == Symmetry::mirrors ? 4 : 8;
}

/// Writes `from`, (rows, columns, channels), under symmetry `element` of 0 … 7: bit 0 mirrors left and right, bit 1 top
/// and bottom, bit 2 then exchanges rows and columns (for which both must be equal: an Error).
void apply_symmetry(unsigned element, const float* from, std::size_t rows, std::size_t columns, std::size_t channels,
                    float* to);

}  // namespace protolith::train
