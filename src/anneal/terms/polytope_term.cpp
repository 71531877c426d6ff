#include "anneal/terms/polytope_term.hpp"

#include <algorithm>

namespace protolith::anneal {

namespace {

CurveSettings settings(const Extent& extent, const std::vector<PolytopePlane>& planes, std::vector<double> target,
                       double weight) {
    const double placements = static_cast<double>(planes.size()) * static_cast<double>(extent.count());
    const double largest = static_cast<double>(planes.size() * planes[0][0]->size());
    std::vector<bool> defined;
    for (const auto& vertices : planes[0]) defined.push_back(vertices.has_value());
    return {std::move(target), weight, placements, largest, std::move(defined)};
}

std::vector<PolytopePlane> checked_planes(const Extent& extent, descriptors::Polytope polytope,
                                          descriptors::VertexRule rule, std::size_t distances) {
    require_reach(extent, distances, descriptors::name(polytope));
    return polytope_planes(extent, polytope, rule, distances - 1);
}

}  // namespace

std::vector<PolytopePlane> polytope_planes(const Extent& extent, descriptors::Polytope polytope,
                                           descriptors::VertexRule rule, std::size_t reach) {
    struct Axes {
        std::size_t column, row;
    };
    const std::vector<Axes> all =
        extent.dimensions() == 3 ? std::vector<Axes>{{1, 2}, {0, 2}, {0, 1}} : std::vector<Axes>{{1, 2}};
    std::vector<PolytopePlane> planes;
    for (const Axes& axes : all) {
        PolytopePlane plane(reach + 1);
        for (std::size_t r = 0; r <= reach; ++r) {
            const auto vertices = descriptors::polytope_vertices(polytope, rule, static_cast<int>(r));
            if (!vertices) continue;
            plane[r].emplace();
            for (const descriptors::Offset& v : *vertices) {
                Offset offset{};
                offset[axes.column] = v.y;
                offset[axes.row] = v.x;
                plane[r]->push_back(offset);
            }
        }
        planes.push_back(std::move(plane));
    }
    return planes;
}

PolytopeTerm::PolytopeTerm(const Extent& extent, descriptors::Polytope polytope, descriptors::VertexRule rule,
                           std::vector<double> target, double weight)
    : PolytopeTerm(extent, checked_planes(extent, polytope, rule, target.size()), std::move(target), weight) {}

PolytopeTerm::PolytopeTerm(const Extent& extent, std::vector<PolytopePlane> planes, std::vector<double>&& target,
                           double weight)
    : CountedTerm(settings(extent, planes, std::move(target), weight)),
      extent_(extent),
      grid_(extent),
      planes_(std::move(planes)),
      view_(view_polytopes(planes_, grid_)),
      words_(view_.words),
      lookup_(view_.curves, grid_),
      views_(extent, view_.curves, words_),
      kernels_(choose_swap_kernels()),
      seen_(view_.curves.size() * words_),
      minus_(view_.vertices * words_),
      plus_(view_.vertices * words_),
      change_(hwy::AllocateAligned<std::int8_t>(64 * words_ + 64)) {
    recount(PhaseVolume(extent));
}

void PolytopeTerm::recount(const PhaseVolume& volume) {
    require(volume.extent() == extent_, "a volume of {} given to a term of {}", to_string(volume.extent()),
            to_string(extent_));
    views_.assign(volume);
    set_counts(count_polytope(volume, planes_));
}

/// rows[vertex][word]: the edges at which the voxel in hand would be that vertex of a polytope in the phase.
void PolytopeTerm::participations(std::uint64_t* rows) const noexcept {
    const std::uint32_t* curve = view_.seen_along.data();
    for (std::size_t v = 0; v < view_.vertices; ++v, curve += view_.others) {
        for (std::size_t w = 0; w < words_; ++w) {
            std::uint64_t edges = view_.edges[v * words_ + w];
            for (std::size_t k = 0; k < view_.others; ++k) edges &= seen_[curve[k] * words_ + w];
            rows[v * words_ + w] = edges;
        }
    }
}

double PolytopeTerm::propose(const Swap& swap) {
    from_ = grid_.voxel(swap.from);
    to_ = grid_.voxel(swap.to);
    views_.prefetch(from_);
    views_.prefetch(to_);
    views_.read(from_, seen_.data());
    participations(minus_.data());
    views_.read(to_, seen_.data());
    // `from` has left the phase: `to` sees it no more
    lookup_.for_each(grid_.index(grid_.difference(from_, to_)), [&](std::uint32_t curve, std::uint32_t r) {
        seen_[curve * words_ + (r - 1) / 64] &= ~(std::uint64_t{1} << ((r - 1) % 64));
    });
    participations(plus_.data());
    return scale() *
           kernels_.polytope(minus_.data(), plus_.data(), view_.vertices, words_, deviations(), change_.get());
}

void PolytopeTerm::accept() {
    add_changes(std::span<const std::int8_t>(change_.get(), reach()));
    views_.flip(from_);
    views_.flip(to_);
}

std::size_t PolytopeTerm::memory() const {
    return counted_memory() + lookup_.memory() + views_.memory() +
           (seen_.size() + minus_.size() + plus_.size()) * sizeof(std::uint64_t) + 64 * words_ + 64;
}

std::size_t PolytopeTerm::estimate_memory(const Extent& extent, const std::vector<PolytopePlane>& planes) {
    const PolytopeView view = view_polytopes(planes, Grid(extent));
    return CurveViews::estimate_memory(extent, view.curves, view.words) + extent.count() / 8;
}

}  // namespace protolith::anneal
