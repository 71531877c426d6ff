// Where a figure's legend goes: the emptiest corner of the axes, or under them.
#pragma once

#include "report/axis.hpp"
#include "report/figure.hpp"

namespace protolith::report {

enum class Legend { none, top_right, top_left, bottom_left, bottom_right, below };

/// A corner that no curve crosses, judged for a legend of these labels in axes of `width` × `height` points; below the
/// axes if every corner is taken or there are more than six curves; none without labels.
Legend legend_place(const Figure& figure, const Axes& axes, double width, double height);

/// Lines that a legend laid out across `width` points takes.
std::size_t legend_rows(const Figure& figure, double width);

/// For every curve: how many earlier curves it lies upon (nearly everywhere), so that it can be drawn dashed over them.
std::vector<int> coincidences(const Figure& figure, const Axes& axes);

}  // namespace protolith::report
