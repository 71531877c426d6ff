// Lattice vertices of the regular polygons of the n-point polytope functions P3H, P3V, P4, P6
// (Chen, Xu, Chakraborty, Jiao & co-workers; the companion rule is that of the public SMiCA code).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace protolith::descriptors {

/// Equilateral triangle with its base along a row (p3h) or a column (p3v), square (p4), regular hexagon (p6).
enum class Polytope { p3h, p3v, p4, p6 };

/// How the exact polygon is put on the lattice.
/// nearest: every vertex coordinate v becomes ⌊v + ½⌋, that is the nearest pixel, ties towards larger y and x;
///          defined for every edge and the same wherever the polygon stands.
/// companion: P3 apex at height ⌊(R/2)√3⌋ + 1 (0 at R = 0), even R only; P6 coordinates rounded up.
enum class VertexRule { nearest, companion };

/// Pixel offset: y rows down, x columns right.
struct Offset {
    int y = 0, x = 0;
    bool operator==(const Offset&) const = default;
};

/// "P3H", "P3V", "P4" or "P6".
std::string_view name(Polytope polytope);

/// Number of vertices n of Pn: 3, 4 or 6.
int vertex_count(Polytope polytope);

/// Vertices of the polygon of edge `edge` ≥ 0 pixels relative to the specification's (r, c), which is the first vertex
/// (0, 0) of every polygon; P6 has a vertex left of it (x < 0). At edge 0 all n vertices coincide.
/// nullopt where the rule does not define the edge (companion P3H and P3V of odd edge). A negative edge is an Error.
std::optional<std::vector<Offset>> polytope_vertices(Polytope polytope, VertexRule rule, int edge);

}  // namespace protolith::descriptors
