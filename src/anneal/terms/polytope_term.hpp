// n-point polytope functions P3H, P3V, P4, P6 (regular polygons of edge r; Chen, Xu, Jiao and co-workers): probability
// that all vertices lie in the phase, over all places in the periodic volume; in 3-D over the three planes of the axes.
// A voxel's polytopes of 64 edges are one AND of words (offset_curves.hpp), so a swap costs O(R / 64) reads and one
// pass over R; only an accepted swap touches O(R) words elsewhere.
#pragma once

#include "anneal/terms/counted_term.hpp"
#include "anneal/terms/curve_views.hpp"
#include "anneal/terms/swap_kernels.hpp"
#include "descriptors/polytope_vertices.hpp"

namespace protolith::anneal {

/// Vertices of the polytope for r = 0 … reach in each plane of the volume: rows and columns in 2-D; (z; y, x), (y; z,
/// x) and (x; z, y) in 3-D, the last-named axis as the row.
std::vector<PolytopePlane> polytope_planes(const Extent& extent, descriptors::Polytope polytope,
                                           descriptors::VertexRule rule, std::size_t reach);

class PolytopeTerm final : public CountedTerm {
  public:
    /// Target f_r for r = 0 … R, R smaller than every side; InputError otherwise. Edges that the rule does not define
    /// weigh nothing. Vertices that fall together through the period are one voxel of the placement. Starts with an
    /// empty volume.
    PolytopeTerm(const Extent& extent, descriptors::Polytope polytope, descriptors::VertexRule rule,
                 std::vector<double> target, double weight);

    void recount(const PhaseVolume& volume) override;
    double propose(const Swap& swap) override;
    void accept() override;
    std::size_t memory() const override;
    /// Bytes that a term of these planes keeps, but for some ten thousand.
    static std::size_t estimate_memory(const Extent& extent, const std::vector<PolytopePlane>& planes);

  private:
    PolytopeTerm(const Extent& extent, std::vector<PolytopePlane> planes, std::vector<double>&& target, double weight);
    void participations(std::uint64_t* rows) const noexcept;

    Extent extent_;
    Grid grid_;
    std::vector<PolytopePlane> planes_;
    PolytopeView view_;
    std::size_t words_;
    CurveLookup lookup_;
    CurveViews views_;
    SwapKernels kernels_;
    std::vector<std::uint64_t> seen_;          // [curve][word] of the voxel in hand
    std::vector<std::uint64_t> minus_, plus_;  // [vertex][word]: polytopes that `from` leaves, that `to` completes
    hwy::AlignedFreeUniquePtr<std::int8_t[]> change_;
    Voxel from_{}, to_{};
};

}  // namespace protolith::anneal
