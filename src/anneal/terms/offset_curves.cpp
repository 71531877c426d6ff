#include "anneal/terms/offset_curves.hpp"

#include <algorithm>

namespace protolith::anneal {

namespace {

/// o(r) = v_j(r) − v_i(r) where it is not zero.
OffsetCurve curve_between(const PolytopePlane& plane, std::size_t i, std::size_t j, const Grid& grid) {
    OffsetCurve curve;
    for (std::uint32_t r = 1; r < plane.size(); ++r) {
        if (!plane[r]) continue;
        const Offset &a = (*plane[r])[i], &b = (*plane[r])[j];
        const Voxel offset = grid.wrap({b[0] - a[0], b[1] - a[1], b[2] - a[2]});
        if (offset != Voxel{}) curve.points.push_back({r, offset});
    }
    return curve;
}

/// Edges at which vertex i counts.
std::vector<std::uint64_t> counting_edges(const PolytopePlane& plane, std::size_t i, const Grid& grid) {
    std::vector<std::uint64_t> edges((plane.size() - 1 + 63) / 64, 0);
    for (std::size_t r = 1; r < plane.size(); ++r) {
        if (!plane[r]) continue;
        const auto& vertices = *plane[r];
        const auto end = vertices.begin() + static_cast<std::ptrdiff_t>(i);
        const bool again =
            std::any_of(vertices.begin(), end, [&](const Offset& v) { return grid.wrap(v) == grid.wrap(vertices[i]); });
        if (!again) edges[(r - 1) / 64] |= std::uint64_t{1} << ((r - 1) % 64);
    }
    return edges;
}

std::uint32_t find_or_add(std::vector<OffsetCurve>& curves, OffsetCurve curve) {
    const auto found = std::find(curves.begin(), curves.end(), curve);
    const auto number = static_cast<std::uint32_t>(found - curves.begin());
    if (found == curves.end()) curves.push_back(std::move(curve));
    return number;
}

}  // namespace

PolytopeView view_polytopes(const std::vector<PolytopePlane>& planes, const Grid& grid) {
    PolytopeView view;
    const std::size_t corners = planes.at(0).at(0).value().size();
    view.vertices = corners * planes.size();
    view.others = corners - 1;
    view.words = (planes[0].size() - 1 + 63) / 64;
    for (const PolytopePlane& plane : planes) {
        for (std::size_t i = 0; i < corners; ++i) {
            const std::vector<std::uint64_t> edges = counting_edges(plane, i, grid);
            view.edges.insert(view.edges.end(), edges.begin(), edges.end());
            for (std::size_t j = 0; j < corners; ++j)
                if (j != i) view.seen_along.push_back(find_or_add(view.curves, curve_between(plane, i, j, grid)));
        }
    }
    return view;
}

CurveLookup::CurveLookup(const std::vector<OffsetCurve>& curves, const Grid& grid) : seen_(grid.count() / 64 + 1, 0) {
    for (std::uint32_t c = 0; c < curves.size(); ++c)
        for (const OffsetCurve::Point& point : curves[c].points)
            hits_.push_back({grid.index(point.offset), c, point.r});
    std::sort(hits_.begin(), hits_.end(), [](const Hit& a, const Hit& b) { return a.difference < b.difference; });
    for (const Hit& hit : hits_) seen_[hit.difference / 64] |= std::uint64_t{1} << (hit.difference % 64);
}

std::size_t CurveLookup::first(std::uint32_t difference) const {
    const auto found = std::lower_bound(hits_.begin(), hits_.end(), difference,
                                        [](const Hit& hit, std::uint32_t d) { return hit.difference < d; });
    return static_cast<std::size_t>(found - hits_.begin());
}

}  // namespace protolith::anneal
