// A closed material line: points in order round the region that they enclose, each with a label that the flow keeps.
#pragma once

#include <cstddef>
#include <vector>

namespace protolith::simulate {

/// Points (x, y) of a closed polygon and their labels, the angle on the initial circle in [0, 2π): along the line,
/// position is a smooth function of the label at all times.
struct Contour {
    std::vector<double> x, y, label;

    std::size_t points() const noexcept { return x.size(); }
    void reserve(std::size_t points);
    void push_back(double px, double py, double angle);
};

/// Circle, counter-clockwise, with segments no longer than `longest` (at least 16 of them).
Contour circle(double centre_x, double centre_y, double radius, double longest);

/// Length of the polygon.
double length(const Contour& contour);

/// Area enclosed by the polygon, positive if it runs counter-clockwise (shoelace formula).
double enclosed_area(const Contour& contour);

}  // namespace protolith::simulate
