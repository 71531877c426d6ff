#include "train/dihedral.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace protolith::train {

void apply_symmetry(unsigned element, const float* from, std::size_t rows, std::size_t columns, std::size_t channels,
                    float* to) {
    const bool left_right = (element & 1) != 0, top_bottom = (element & 2) != 0, transpose = (element & 4) != 0;
    require(element < 8 && (!transpose || rows == columns), "symmetry {} of an image of {} × {}", element, rows,
            columns);
    for (std::size_t y = 0; y < rows; ++y)
        for (std::size_t x = 0; x < columns; ++x) {
            const std::size_t i = transpose ? x : y, j = transpose ? y : x;
            const std::size_t row = top_bottom ? rows - 1 - i : i, column = left_right ? columns - 1 - j : j;
            std::copy_n(from + (row * columns + column) * channels, channels, to + (y * columns + x) * channels);
        }
}

}  // namespace protolith::train
