// Line colours that stay apart for colour-blind readers: Okabe and Ito (2008), Color Universal Design, without the
// yellow (too light for a line on white). Black comes first: it is the measured or target curve of most figures.
#pragma once

#include <array>
#include <cstddef>

namespace protolith::report {

inline constexpr std::array<const char*, 7> line_colours{"#000000", "#D55E00", "#0072B2", "#009E73",
                                                         "#CC79A7", "#E69F00", "#56B4E9"};

/// Colour of curve `index` of `count`; a curve alone is blue.
inline const char* line_colour(std::size_t index, std::size_t count) {
    return count == 1 ? line_colours[2] : line_colours[index % line_colours.size()];
}

inline constexpr const char* ink = "#262626";    ///< text
inline constexpr const char* frame = "#595959";  ///< axes
inline constexpr const char* grid = "#E4E4E4";

}  // namespace protolith::report
