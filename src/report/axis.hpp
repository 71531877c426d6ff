// Ranges of a figure's axes, the power of ten taken out of their numbers, and what cannot be drawn on them.
#pragma once

#include "report/figure.hpp"

#include <cstddef>
#include <string>

namespace protolith::report {

/// One axis: from low to high in the data's unit. Numbers beside it are divided by 10^exponent (0 on logarithmic axes).
struct Axis {
    double low, high;
    bool logarithmic;
    int exponent;

    /// Position of a value between 0 (low) and 1 (high).
    double fraction(double value) const;
};

struct Axes {
    Axis x, y;
};

/// The figure's own ranges where it gives them, otherwise ones that hold every drawable point and band: from zero if
/// zero is near, at least one decade on a logarithmic axis, never empty.
Axes axes_of(const Figure& figure);

/// A point that can be drawn: both values finite, and positive where the axis is logarithmic.
bool drawable(const Figure& figure, double x, double y);

/// Whether any point of the curve can be drawn.
bool drawable(const Figure& figure, const Curve& curve);

/// What the figure must say about values that a logarithmic axis cannot show, and about having nothing to draw; empty
/// if nothing.
struct Remarks {
    std::string margin;  ///< small, above the axes
    std::string centre;  ///< in the middle of empty axes
};
Remarks remarks_on(const Figure& figure);

}  // namespace protolith::report
