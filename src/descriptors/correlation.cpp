// S2 and Pn as patterns of shifted copies.
#include "descriptors/correlation.hpp"

namespace protolith::descriptors {
namespace {

void append(DirectionCounts& direction, const Tally& tally) {
    direction.counts.push_back(tally.count);
    direction.placements.push_back(tally.placements);
}

}  // namespace

CurveCounts two_point(const PackedVolume& volume, int max_r, Part part) {
    volume.require_distance("S2", max_r);
    const Sweep along_x{"x", &volume.rows(), Across::inner}, across_y{"y", &volume.rows(), Across::inner};
    const Sweep across_z{"z", &volume.rows(), Across::outer};
    CurveCounts s2{"S2", {}, {{"x", {}, {}}, {"y", {}, {}}}};
    if (volume.dimensions() == 3) s2.directions.push_back({"z", {}, {}});
    for (int r = 0; r <= max_r; ++r) {
        s2.r.push_back(r);
        append(s2.directions[0], count_pattern(along_x, {{0, 0}, {0, r}}, part));
        append(s2.directions[1], count_pattern(across_y, {{0, 0}, {r, 0}}, part));
        if (volume.dimensions() == 3) append(s2.directions[2], count_pattern(across_z, {{0, 0}, {r, 0}}, part));
    }
    return s2;
}

CurveCounts polytope(const PackedVolume& volume, Polytope shape, VertexRule rule, int max_r, Part part) {
    volume.require_distance(std::string(name(shape)), max_r);
    const std::vector<Sweep> planes = volume.planes();
    CurveCounts curve{std::string(name(shape)), {}, {}};
    for (const Sweep& plane : planes) curve.directions.push_back({plane.name, {}, {}});
    for (int r = 0; r <= max_r; ++r) {
        const auto vertices = polytope_vertices(shape, rule, r);
        if (!vertices) continue;
        curve.r.push_back(r);
        for (std::size_t k = 0; k < planes.size(); ++k) {
            append(curve.directions[k], count_pattern(planes[k], *vertices, part));
        }
    }
    return curve;
}

}  // namespace protolith::descriptors
