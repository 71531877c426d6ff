#include "anneal/terms/cluster_term.hpp"

#include "anneal/terms/count_volume.hpp"

#include <algorithm>

namespace protolith::anneal {

namespace {

CurveSettings settings(const Extent& extent, std::vector<double> target, double weight) {
    require_reach(extent, target.size(), "cluster function C2");
    const double placements = extent.dimensions() * static_cast<double>(extent.count());
    // sums of this term always run in the same order: their rounding needs no guard
    return {std::move(target), weight, placements, 1.0, {}};
}

/// change[r − 1] += 1 for every voxel of `label`, −= 1 for every voxel of `other`, at r = 1 … R steps from a place on a
/// line of `side` voxels, ahead and behind.
void count_line(const std::uint32_t* line, std::size_t stride, std::size_t side, std::size_t place, std::uint32_t label,
                std::uint32_t other, std::vector<std::int64_t>& change) {
    std::size_t ahead = place, behind = place;
    for (std::int64_t& c : change) {
        ahead = ahead + 1 == side ? 0 : ahead + 1;
        behind = behind == 0 ? side - 1 : behind - 1;
        const std::uint32_t a = line[ahead * stride], b = line[behind * stride];
        if (label != 0) c += (a == label ? 1 : 0) + (b == label ? 1 : 0);
        if (other != 0) c -= (a == other ? 1 : 0) + (b == other ? 1 : 0);
    }
}

}  // namespace

ClusterTerm::ClusterTerm(const Extent& extent, int connectivity, std::vector<double> target, double weight)
    : CountedTerm(settings(extent, std::move(target), weight)),
      extent_(extent),
      grid_(extent),
      clusters_(extent, connectivity),
      watch_([this](const ClusterLabels::Change& change) { count_pairs(change); }),
      change_(reach()) {
    recount(PhaseVolume(extent));
}

void ClusterTerm::recount(const PhaseVolume& volume) {
    require(volume.extent() == extent_, "a volume of {} given to a term of {}", to_string(volume.extent()),
            to_string(extent_));
    clusters_.assign(volume);
    set_counts(count_same_label(clusters_.labels(), reach()));
}

/// Adds what one voxel's change of label does to the pairs.
void ClusterTerm::count_pairs(const ClusterLabels::Change& change) {
    const Voxel voxel = grid_.voxel(change.voxel);
    std::size_t stride = 1;
    for (std::size_t axis = 3; axis-- > (extent_.dimensions() == 3 ? 0u : 1u);) {
        const std::size_t side = grid_.sides()[axis];
        const std::uint32_t* const line = clusters_.labels().data() + change.voxel - voxel[axis] * stride;
        count_line(line, stride, side, voxel[axis], change.after, change.before, change_);
        stride *= side;
    }
}

double ClusterTerm::propose(const Swap& swap) {
    std::fill(change_.begin(), change_.end(), 0);
    clusters_.begin();
    clusters_.remove(swap.from, watch_);
    clusters_.add(swap.to, watch_);
    clusters_.undo();
    double sum = 0.0;
    for (std::size_t k = 0; k < change_.size(); ++k) {
        const auto delta = static_cast<double>(change_[k]);
        sum += (2.0 * deviations()[k] + delta) * delta;
    }
    return scale() * sum;
}

void ClusterTerm::accept() {
    add_changes(std::span<const std::int64_t>(change_));
    clusters_.redo();
}

std::size_t ClusterTerm::memory() const {
    return counted_memory() + clusters_.memory() + change_.size() * sizeof(std::int64_t);
}

std::size_t ClusterTerm::estimate_memory(const Extent& extent) {
    // label, size, free label and mark of a voxel
    return extent.count() * (3 * sizeof(std::uint32_t) + sizeof(std::uint64_t));
}

std::vector<std::int64_t> count_clusters(const PhaseVolume& volume, std::size_t reach, int connectivity) {
    ClusterLabels clusters(volume.extent(), connectivity);
    clusters.assign(volume);
    return count_same_label(clusters.labels(), reach);
}

}  // namespace protolith::anneal
