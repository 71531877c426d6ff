// From counts to curves, and their exact sum over ranks.
#include "descriptors/curve_counts.hpp"

#include <algorithm>

namespace protolith::descriptors {

int largest_distance(std::size_t side, Boundary boundary) {
    const int n = static_cast<int>(side);
    switch (boundary) {
        case Boundary::non_periodic:
            return (n + 1) / 2 - 1;
        case Boundary::periodic:
            return n == 0 ? -1 : n / 2;
        case Boundary::companion:
            return n / 2 - 1;
    }
    throw Error("unknown boundary");
}

Curve to_curve(const CurveCounts& counts) {
    require(!counts.directions.empty(), "{} has no direction", counts.name);
    Curve curve{counts.name, {counts.r.begin(), counts.r.end()}, {}};
    for (std::size_t k = 0; k < counts.r.size(); ++k) {
        double sum = 0;
        for (const DirectionCounts& d : counts.directions) {
            sum += static_cast<double>(d.counts[k]) / static_cast<double>(d.placements[k]);
        }
        curve.value.push_back(sum / static_cast<double>(counts.directions.size()));
    }
    return curve;
}

Curve to_curve(const CurveCounts& counts, std::size_t direction) {
    const DirectionCounts& one = counts.directions.at(direction);
    return to_curve(CurveCounts{counts.name + " " + one.direction, counts.r, {one}});
}

ItemRange share_of(Part part, std::size_t count) {
    const auto begin = [&](std::size_t index) { return count * std::min(index, part.count) / part.count; };
    return {begin(part.index), begin(part.index + 1)};
}

Part part_of(const Communicator& comm) {
    return {static_cast<std::size_t>(comm.rank()), static_cast<std::size_t>(comm.size())};
}

void sum_over_ranks(const Communicator& comm, CurveCounts& counts) {
    for (DirectionCounts& d : counts.directions) comm.sum_in_place(d.counts.data(), d.counts.size());
}

}  // namespace protolith::descriptors
