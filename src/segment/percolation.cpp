#include "segment/percolation.hpp"

#include <algorithm>

namespace protolith::segment {

const char* name_of(volume::Axis axis) { return axis == volume::Axis::z ? "z" : axis == volume::Axis::y ? "y" : "x"; }

std::vector<double> candidate_thresholds(double low, double high, bool whole_numbers, std::size_t levels) {
    require_input(low < high, "every voxel has the grey value {}: no threshold divides the volume", low);
    require(whole_numbers || levels > 0, "{} levels between {} and {}", levels, low, high);
    const auto count = whole_numbers ? static_cast<std::size_t>(high - low) : levels;
    std::vector<double> candidates(count);
    for (std::size_t k = 0; k < count; ++k)
        candidates[k] = whole_numbers ? low + static_cast<double>(k)
                                      : low + (high - low) * static_cast<double>(k) / static_cast<double>(count);
    return candidates;
}

bool percolates(const Communicator& comm, const descriptors::SlabComponents& components, volume::Axis axis) {
    return comm.any(std::any_of(components.facts.begin(), components.facts.end(),
                                [axis](const auto& facts) { return facts.percolates(axis); }));
}

PercolationSearch find_percolating_threshold(const Communicator& comm, const GreySlab& grey,
                                             const std::vector<double>& candidates, Pores pores, volume::Axis axis,
                                             descriptors::Connectivity connectivity, const descriptors::Wrap& wrap,
                                             const Pause& pause) {
    require(!candidates.empty(), "no thresholds to choose from");
    PercolationSearch search;
    const auto voxels = static_cast<double>(grey.whole.count());
    const auto at = [&](std::size_t k) {  // ordered by the pore space, the smallest first
        return pores == Pores::dark ? candidates[k] : candidates[candidates.size() - 1 - k];
    };
    const auto holds = [&](std::size_t k) {
        if (pause) collectively(comm, pause);
        const PhaseSlab phase = pore_space(grey, at(k), pores);
        const auto components = connect_slabs(comm, phase, connectivity, wrap);
        const double porosity = static_cast<double>(count_voxels(comm, phase)) / voxels;
        search.steps.push_back({at(k), porosity, components.count, percolates(comm, components, axis)});
        return search.steps.back().percolates;
    };
    std::size_t high = candidates.size() - 1;
    const bool possible = holds(high);
    collectively(comm, [&] {
        require_input(possible,
                      "the {} phase percolates along {} at no threshold: at the widest, {}, its {} components with a "
                      "porosity of {:.4f} do not reach from end to end",
                      pores == Pores::dark ? "dark" : "bright", name_of(axis), at(high), search.steps.back().components,
                      search.steps.back().porosity);
    });
    std::size_t low = 0;  // candidates below `low` do not percolate, `high` does
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (holds(middle))
            high = middle;
        else
            low = middle + 1;
    }
    search.threshold = at(high);
    return search;
}

}  // namespace protolith::segment
