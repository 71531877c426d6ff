// What a voxel must see to be a vertex of a polytope: for vertices i ≠ j the curve of offsets o(r) = v_j(r) − v_i(r).
// A voxel p is vertex i of a polytope of edge r in the phase when p + o(r) is in the phase for every j. With one bit
// for each r, that is the AND of one word per curve. Curves that several pairs share are kept once.
#pragma once

#include "anneal/terms/count_volume.hpp"
#include "anneal/terms/voxel.hpp"

#include <cstdint>
#include <vector>

namespace protolith::anneal {

/// o(r) modulo the extent for the edges r where it is defined and not zero, ascending in r.
struct OffsetCurve {
    struct Point {
        std::uint32_t r;
        Voxel offset;
        bool operator==(const Point&) const = default;
    };
    std::vector<Point> points;
    bool operator==(const OffsetCurve&) const = default;
};

/// Every vertex i of every plane's polytope: `others` curves to the other vertices, and the edges that count, bit r − 1
/// of `words` words. An edge does not count where it is not defined, and where an earlier vertex falls on the same
/// voxel modulo the period: each voxel of a placement counts once, as in Π_k I(p + v_k).
struct PolytopeView {
    std::vector<OffsetCurve> curves;
    std::size_t vertices = 0, others = 0, words = 0;
    std::vector<std::uint32_t> seen_along;  // [vertex][other]: number of the curve
    std::vector<std::uint64_t> edges;       // [vertex][word]
};

/// Curves and vertices of the planes' polytopes for r = 1 … R, with words of 64 edges.
PolytopeView view_polytopes(const std::vector<PolytopePlane>& planes, const Grid& grid);

/// Which curves pass through a difference of two voxels: a swap's two voxels rarely, but sometimes, share a polytope.
class CurveLookup {
  public:
    struct Hit {
        std::uint32_t difference, curve, r;
    };
    CurveLookup(const std::vector<OffsetCurve>& curves, const Grid& grid);

    /// Calls visit(curve, r) for every curve with o(r) = difference (linear index of the difference modulo the extent).
    template <class Visit>
    void for_each(std::uint32_t difference, Visit&& visit) const {
        if (((seen_[difference / 64] >> (difference % 64)) & 1) == 0) return;
        for (std::size_t k = first(difference); k < hits_.size() && hits_[k].difference == difference; ++k)
            visit(hits_[k].curve, hits_[k].r);
    }
    std::size_t memory() const noexcept { return seen_.size() * sizeof(std::uint64_t) + hits_.size() * sizeof(Hit); }

  private:
    std::size_t first(std::uint32_t difference) const;

    std::vector<std::uint64_t> seen_;  // one bit a difference
    std::vector<Hit> hits_;            // ordered by difference
};

}  // namespace protolith::anneal
