#include "descriptors/components.hpp"

#include <numeric>
#include <utility>

namespace protolith::descriptors {
namespace {

/// Joins the trees of runs i and j so that the first run of a component is its root. Rem's algorithm (Dijkstra 1976, A
/// Discipline of Programming, ch. 23; Patwary, Blair & Manne 2010): both ways up are walked in turn, always the one
/// whose parent is the later, and cut short on the way; it ends where they meet, often long before the roots.
void join(std::uint32_t* parent, std::uint32_t i, std::uint32_t j) {
    while (parent[i] != parent[j]) {
        if (parent[i] < parent[j]) std::swap(i, j);
        const std::uint32_t later = parent[i];
        parent[i] = parent[j];
        if (later == i) return;  // it was a root
        i = later;
    }
}

void require_suitable(const Extent& extent, Connectivity connectivity) {
    const bool planar = connectivity == Connectivity::four || connectivity == Connectivity::eight;
    require_input(planar == (extent.dimensions() == 2), "connectivity {} does not suit {}: expected {}",
                  static_cast<int>(connectivity), to_string(extent),
                  extent.dimensions() == 2 ? "4 or 8" : "6, 18 or 26");
}

}  // namespace

Components label_components(const PhaseVolume& image, Connectivity connectivity, Boundary boundary) {
    require_suitable(image.extent(), connectivity);
    Components result;
    result.connectivity = connectivity;
    result.boundary = boundary;
    result.image = phase_runs(image);
    result.label.resize(result.image.runs.size());
    // Until the end, `label` holds the parent of every run.
    std::uint32_t* parent = result.label.data();
    std::iota(result.label.begin(), result.label.end(), 0U);
    for_each_contact(result.image, connectivity, boundary == Boundary::periodic,
                     [parent](std::uint32_t i, std::uint32_t j, const Periods&) { join(parent, i, j); });
    // A parent comes before its children, so it has its number already.
    for (std::uint32_t i = 0; i < result.label.size(); ++i)
        parent[i] = parent[i] == i ? ++result.count : parent[parent[i]];
    return result;
}

std::vector<std::uint64_t> component_sizes(const Components& components) {
    std::vector<std::uint64_t> sizes(components.count, 0);
    for (std::size_t i = 0; i < components.label.size(); ++i)
        sizes[components.label[i] - 1] += components.image.runs[i].last - components.image.runs[i].first;
    return sizes;
}

}  // namespace protolith::descriptors
