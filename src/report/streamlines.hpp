// Streamlines of a velocity field in a plane, evenly spaced (after Jobard & Lefer 1997, Visualization in Scientific
// Computing '97, 43): a line begins where the flow is fastest and no line is near, and ends at a wall, at the edge or
// where it would run into another.
#pragma once

#include "report/picture.hpp"

#include <string>
#include <vector>

namespace protolith::report {

/// Velocity in the pixels of a plane, (row, column); 0 in the solid.
struct PlaneFlow {
    std::size_t rows = 0, columns = 0;
    std::vector<double> right, down;
    std::vector<double> open;  ///< 1 in pores, 0 in the solid
};

/// Points (row, column) of one line, in pixels of the plane; pixel i reaches from i to i + 1.
struct Streamline {
    struct Point {
        double row, column;
    };
    std::vector<Point> points;
};

/// Lines at least about `distance` pixels from one another and as long as twice that. Nothing is drawn at random.
std::vector<Streamline> trace_streamlines(const PlaneFlow& flow, double distance);

/// Pixels of the picture to one of the plane.
std::size_t streamline_magnification(const PlaneFlow& flow);
/// The speed that 98 % of the pores stay below.
double high_speed(const PlaneFlow& flow);
/// Lines coloured by speed, which `quantity` names, from 0 to `high`, over solid and pores.
Picture streamline_picture(const std::string& label, const PlaneFlow& flow, const std::string& quantity, double high);

}  // namespace protolith::report
