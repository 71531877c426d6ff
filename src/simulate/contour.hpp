// A closed material line: points in order round the region that they enclose, and the stretch of material label between
// them.
#pragma once

#include <cstddef>
#include <vector>

namespace protolith::simulate {

/// Points (x, y) of a closed polygon. The material label of a point is its angle on the initial circle, which the flow
/// keeps: along the line, position is a smooth function of it at all times. Only the label's increase from each point
/// to the next is stored, because stretching makes it smaller than the rounding of the label itself.
struct Contour {
    std::vector<double> x, y, span;

    std::size_t points() const noexcept { return x.size(); }
    void clear() noexcept;
    void reserve(std::size_t points);
    void push_back(double px, double py, double label_span) {
        x.push_back(px);
        y.push_back(py);
        span.push_back(label_span);
    }
};

/// Circle, counter-clockwise, with segments no longer than `longest` (at least 16 of them).
Contour circle(double centre_x, double centre_y, double radius, double longest);

/// Length of the polygon.
double length(const Contour& contour);

/// Area enclosed by the polygon, positive if it runs counter-clockwise (shoelace formula).
double enclosed_area(const Contour& contour);

}  // namespace protolith::simulate
