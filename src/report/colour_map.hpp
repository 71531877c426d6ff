// Colours of pictures: the two phases of a rock, a continuous scale for grey values, a diverging one for differences.
#pragma once

#include <cstdint>

namespace protolith::report {

struct Colour {
    std::uint8_t red, green, blue;
    bool operator==(const Colour&) const = default;
};

/// The phase of interest (1) is dark blue-grey, the rest (0) warm sand, as pores and grains look in a thin section.
inline constexpr Colour phase_colour{43, 58, 74}, other_colour{232, 219, 190};
/// Undefined values.
inline constexpr Colour undefined_colour{200, 200, 200};

enum class ColourMap {
    viridis,    ///< dark violet to yellow, even in lightness (van der Walt and Smith 2015)
    difference  ///< blue, white at the middle, red (ColorBrewer RdBu)
};

/// Colour at a fraction 0…1 of the scale; beyond it the end's colour; NaN is `undefined_colour`.
Colour colour_at(ColourMap map, double fraction);

}  // namespace protolith::report
