// gnuplot settings of one axes: ranges, labels, grid, guides, remarks, legend.
#pragma once

#include "report/axis.hpp"
#include "report/legend.hpp"

#include <string>

namespace protolith::report {

/// Width of the axes in points, and characters that a line of the title may have.
struct Room {
    double width;
    std::size_t title_width;
};

/// Every setting that the plot of `figure` needs; nothing is left over from an axes drawn before it.
std::string axes_settings(const Figure& figure, const Axes& axes, Legend legend, const Room& room);

}  // namespace protolith::report
