#include "descriptors/components.hpp"

#include <algorithm>
#include <numeric>

namespace protolith::descriptors {
namespace {

/// Root of a run's tree; every second link on the way is shortened.
std::uint32_t find_root(std::uint32_t* parent, std::uint32_t i) {
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/// Joins two trees; the smaller index stays root, so that roots are first voxels.
void join(std::uint32_t* parent, std::uint32_t i, std::uint32_t j) {
    const std::uint32_t a = find_root(parent, i), b = find_root(parent, j);
    parent[std::max(a, b)] = std::min(a, b);
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

Volume<std::uint32_t> label_volume(const Components& components) {
    const PhaseRuns& image = components.image;
    Volume<std::uint32_t> labels(image.extent);
    for (std::size_t row = 0; row < image.rows(); ++row) {
        std::uint32_t* to = labels.data() + row * image.extent.x;
        for (std::uint32_t i = image.row_begin[row]; i < image.row_begin[row + 1]; ++i)
            std::fill(to + image.runs[i].first, to + image.runs[i].last, components.label[i]);
    }
    return labels;
}

std::vector<std::uint64_t> component_sizes(const Components& components) {
    std::vector<std::uint64_t> sizes(components.count, 0);
    for (std::size_t i = 0; i < components.label.size(); ++i)
        sizes[components.label[i] - 1] += components.image.runs[i].last - components.image.runs[i].first;
    return sizes;
}

}  // namespace protolith::descriptors
