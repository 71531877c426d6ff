// gnuplot settings of one axes: ranges, labels, grid, guides, remarks, legend.
#pragma once

#include "report/axis.hpp"
#include "report/legend.hpp"

#include <string>

namespace protolith::report {

/// Every setting that the plot of `figure` needs; nothing is left over from an axes drawn before it. A title longer
/// than `title_width` characters takes several lines.
std::string axes_settings(const Figure& figure, const Axes& axes, Legend legend, std::size_t title_width);

}  // namespace protolith::report
