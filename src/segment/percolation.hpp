// The strictest threshold: that of the smallest pore space which still reaches from end to end along an axis. Of bright
// pores (value > threshold) it is the largest threshold that percolates; of dark ones (value <= threshold), whose pore
// space grows with it, the smallest. One grey value stricter and nothing flows. Pore spaces lie one inside the other,
// so bisection finds it in log2 of the number of candidates.
#pragma once

#include "base/stop.hpp"
#include "segment/pore_space.hpp"

#include <vector>

namespace protolith::segment {

/// One threshold that was tried.
struct PercolationStep {
    double threshold = 0;
    double porosity = 0;
    std::uint64_t components = 0;
    bool percolates = false;
};

struct PercolationSearch {
    double threshold = 0;
    std::vector<PercolationStep> steps;  ///< in the order in which they were tried
};

/// Thresholds that leave voxels on both sides: of whole grey values every whole number from `low` up to `high`, without
/// it; of real ones `levels` equal steps, the first at `low`. InputError if low = high (all voxels alike).
std::vector<double> candidate_thresholds(double low, double high, bool whole_numbers, std::size_t levels);

/// The candidate (ascending) with the smallest pore space that percolates along `axis`; components wrap as
/// connect_slabs says. `pause` is asked before every trial. Collective. InputError with the numbers if not even the
/// largest does.
PercolationSearch find_percolating_threshold(const Communicator& comm, const GreySlab& grey,
                                             const std::vector<double>& candidates, Pores pores, volume::Axis axis,
                                             descriptors::Connectivity connectivity, const descriptors::Wrap& wrap = {},
                                             const Pause& pause = {});

/// Whether a component reaches from end to end along an axis. Collective.
bool percolates(const Communicator& comm, const descriptors::SlabComponents& components, volume::Axis axis);

/// "z", "y", "x".
const char* name_of(volume::Axis axis);

}  // namespace protolith::segment
