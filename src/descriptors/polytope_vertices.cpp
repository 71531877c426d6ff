// Regular polygons on the lattice, by rounding to the nearest pixel or by the companion code's rule.
#include "descriptors/polytope_vertices.hpp"

#include "base/error.hpp"

#include <cmath>
#include <numbers>

namespace protolith::descriptors {
namespace {

struct Point {
    double y, x;
};

// Exact vertices, y down, first vertex at the origin, in the order of the specification.
std::vector<Point> exact_vertices(Polytope polytope, double edge) {
    const double height = std::numbers::sqrt3 / 2 * edge;
    switch (polytope) {
        case Polytope::p3h:
            return {{0, 0}, {0, edge}, {height, edge / 2}};
        case Polytope::p3v:
            return {{0, 0}, {edge, 0}, {edge / 2, height}};
        case Polytope::p4:
            return {{0, 0}, {0, edge}, {edge, 0}, {edge, edge}};
        case Polytope::p6:
            return {{0, 0}, {height, -edge / 2}, {2 * height, 0}, {2 * height, edge}, {height, 1.5 * edge}, {0, edge}};
    }
    throw Error("unknown polytope");
}

int nearest(double v) { return static_cast<int>(std::floor(v + 0.5)); }
int upwards(double v) { return static_cast<int>(std::ceil(v)); }

std::vector<Offset> round_all(const std::vector<Point>& points, int (*round)(double)) {
    std::vector<Offset> offsets;
    for (const Point& p : points) offsets.push_back({round(p.y), round(p.x)});
    return offsets;
}

// SMiCA's triangle: apex one row below ⌊height⌋, above the middle of an even base.
std::vector<Offset> companion_triangle(int edge, bool transposed) {
    const int height = edge == 0 ? 0 : static_cast<int>(std::floor(edge / 2 * std::numbers::sqrt3)) + 1;
    if (transposed) return {{0, 0}, {edge, 0}, {edge / 2, height}};
    return {{0, 0}, {0, edge}, {height, edge / 2}};
}

}  // namespace

std::string_view name(Polytope polytope) {
    switch (polytope) {
        case Polytope::p3h:
            return "P3H";
        case Polytope::p3v:
            return "P3V";
        case Polytope::p4:
            return "P4";
        case Polytope::p6:
            return "P6";
    }
    throw Error("unknown polytope");
}

int vertex_count(Polytope polytope) {
    switch (polytope) {
        case Polytope::p3h:
        case Polytope::p3v:
            return 3;
        case Polytope::p4:
            return 4;
        case Polytope::p6:
            return 6;
    }
    throw Error("unknown polytope");
}

std::optional<std::vector<Offset>> polytope_vertices(Polytope polytope, VertexRule rule, int edge) {
    require(edge >= 0, "the edge of {} is {} pixels; expected 0 or more", name(polytope), edge);
    const bool triangle = polytope == Polytope::p3h || polytope == Polytope::p3v;
    if (rule == VertexRule::nearest) return round_all(exact_vertices(polytope, edge), nearest);
    if (!triangle) return round_all(exact_vertices(polytope, edge), upwards);
    if (edge % 2 != 0) return std::nullopt;
    return companion_triangle(edge, polytope == Polytope::p3v);
}

}  // namespace protolith::descriptors
