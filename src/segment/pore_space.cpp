#include "segment/pore_space.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace protolith::segment {

namespace {

/// The largest float that is not above: comparing floats with it is comparing them with the double.
float rounded_down(double threshold) {
    const auto nearest = static_cast<float>(threshold);
    return static_cast<double>(nearest) > threshold ? std::nextafter(nearest, -INFINITY) : nearest;
}

}  // namespace

PhaseSlab pore_space(const GreySlab& grey, double threshold, Pores pores) {
    PhaseSlab phase;
    phase.whole = grey.whole;
    phase.planes = grey.planes;
    phase.voxels = PhaseVolume::unfilled(grey.voxels.extent());
    const float at = rounded_down(threshold);
    const float* values = grey.voxels.data();
    std::uint8_t* out = phase.voxels.data();
    const std::size_t count = grey.voxels.size();
    if (pores == Pores::dark)
        for (std::size_t i = 0; i < count; ++i) out[i] = values[i] <= at ? 1 : 0;
    else
        for (std::size_t i = 0; i < count; ++i) out[i] = values[i] > at ? 1 : 0;
    return phase;
}

bool kept(const descriptors::ComponentFacts& component, Keep keep, volume::Axis axis) {
    if (keep == Keep::along_axis) return component.percolates(axis);
    return component.percolates(volume::Axis::z) || component.percolates(volume::Axis::y) ||
           component.percolates(volume::Axis::x);
}

PhaseSlab connected_pores(const PhaseSlab& pores, const descriptors::SlabComponents& components, Keep keep,
                          volume::Axis axis) {
    PhaseSlab connected = pores;
    std::fill(connected.voxels.begin(), connected.voxels.end(), std::uint8_t{0});
    const auto& image = components.local.image;
    const std::size_t length = pores.whole.x;
    for (std::size_t row = 0; row < image.rows() && !pores.empty(); ++row)
        for (std::uint32_t i = image.row_begin[row]; i < image.row_begin[row + 1]; ++i)
            if (kept(components.facts[components.local.label[i] - 1], keep, axis)) {
                std::uint8_t* voxels = connected.voxels.data() + row * length;
                std::fill(voxels + image.runs[i].first, voxels + image.runs[i].last, std::uint8_t{1});
            }
    return connected;
}

std::uint64_t count_voxels(const Communicator& comm, const PhaseSlab& slab) {
    return comm.sum(std::accumulate(slab.voxels.begin(), slab.voxels.end(), std::uint64_t{0}));
}

}  // namespace protolith::segment
