// Checkerboard of square (2-D) or cubic (3-D) cells: every statistic is known exactly.
#pragma once

#include "simulate/known_statistics.hpp"
#include "volume/volume.hpp"

#include <cstdint>

namespace protolith::simulate {

struct CheckerboardSettings {
    Extent extent{1, 512, 512};
    std::size_t cell = 16;       ///< side of a cell in pixels
    bool random_offset = false;  ///< shift every item by its own uniform number of pixels along each axis
};

/// @throws InputError naming the setting, its value and what was expected
void validate(const CheckerboardSettings& settings);

/// Image `item`; without random offset every item is the same, with the cell at the origin in the phase. Periodic if
/// the sides are multiples of two cells.
PhaseVolume checkerboard(const CheckerboardSettings& settings, std::uint64_t seed, std::uint32_t item);

/// Along the axes, exact for periodic boards: S2 = ½|1 − (r mod 2a)/a|, L = ½(1 − r/a) for r ≤ a, else 0. Mean chord a.
KnownStatistics known_statistics(const CheckerboardSettings& settings);

}  // namespace protolith::simulate
