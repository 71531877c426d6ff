#include "anneal/terms/cluster_labels.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace protolith::anneal {

namespace {
constexpr std::uint64_t sides_per_search = 32;  // a voxel has at most 26 neighbours
}

ClusterLabels::ClusterLabels(const Extent& extent, int connectivity)
    : neighbourhood_(extent, connectivity), labels_(extent), sizes_(extent.count() + 2), marks_(extent.count(), 0) {
    assign(PhaseVolume(extent));
}

void ClusterLabels::assign(const PhaseVolume& volume) {
    std::fill(labels_.begin(), labels_.end(), 0u);
    std::fill(sizes_.begin(), sizes_.end(), 0u);
    std::uint32_t label = 0;
    for (std::uint32_t i = 0; i < volume.size(); ++i) {
        if (volume[i] == 0 || labels_[i] != 0) continue;
        labels_[i] = ++label;
        queue_.assign(1, i);
        for (std::size_t k = 0; k < queue_.size(); ++k) {
            neighbourhood_.for_each(queue_[k], [&](std::uint32_t n) {
                if (volume[n] == 0 || labels_[n] != 0) return;
                labels_[n] = label;
                queue_.push_back(n);
            });
        }
        sizes_[label] = static_cast<std::uint32_t>(queue_.size());
    }
    free_.resize(sizes_.size() - 1 - label);
    std::iota(free_.rbegin(), free_.rend(), label + 1);  // the lowest at the end
    begin();
}

void ClusterLabels::begin() noexcept {
    record_.clear();
    taken_ = 0;
}

std::uint32_t ClusterLabels::fresh_label() { return free_[free_.size() - ++taken_]; }

void ClusterLabels::relabel(std::uint32_t voxel, std::uint32_t label, const Watch& watch) {
    const Change change{voxel, labels_[voxel], label};
    watch(change);
    record_.push_back(change);
    labels_[voxel] = label;
    if (change.before != 0) --sizes_[change.before];
    if (change.after != 0) ++sizes_[change.after];
}

void ClusterLabels::relabel_cluster(std::uint32_t start, std::uint32_t label, const Watch& watch) {
    const std::uint32_t before = labels_[start];
    relabel(start, label, watch);
    queue_.assign(1, start);
    for (std::size_t k = 0; k < queue_.size(); ++k) {
        neighbourhood_.for_each(queue_[k], [&](std::uint32_t n) {
            if (labels_[n] != before) return;
            relabel(n, label, watch);
            queue_.push_back(n);
        });
    }
}

void ClusterLabels::add(std::uint32_t voxel, const Watch& watch) {
    sources_.clear();  // one voxel of each cluster beside
    std::uint32_t largest = 0;
    neighbourhood_.for_each(voxel, [&](std::uint32_t n) {
        const std::uint32_t label = labels_[n];
        const auto known = [&](std::uint32_t s) { return labels_[s] == label; };
        if (label == 0 || std::any_of(sources_.begin(), sources_.end(), known)) return;
        sources_.push_back(n);
        if (largest == 0 || sizes_[label] > sizes_[largest]) largest = label;
    });
    if (largest == 0) largest = fresh_label();
    for (const std::uint32_t source : sources_)
        if (labels_[source] != largest) relabel_cluster(source, largest, watch);
    relabel(voxel, largest, watch);
}

void ClusterLabels::remove(std::uint32_t voxel, const Watch& watch) {
    relabel(voxel, 0, watch);
    neighbourhood_.groups(
        voxel, [&](std::uint32_t n) { return labels_[n] != 0; }, sources_);
    if (sources_.size() > 1) separate(watch);
}

/// The side that stands for all that have met this one.
std::uint32_t ClusterLabels::root(std::uint32_t side) const noexcept {
    while (sides_[side].joined != side) side = sides_[side].joined;
    return side;
}

/// Groups of met sides with voxels still to be looked at.
std::size_t ClusterLabels::open_groups() const {
    std::uint32_t open = 0;
    for (std::uint32_t s = 0; s < sources_.size(); ++s)
        if (sides_[s].next < sides_[s].voxels.size()) open |= 1u << root(s);
    return static_cast<std::size_t>(std::popcount(open));
}

/// Looks at the neighbours of one voxel; true when two sides have met or the side is exhausted.
bool ClusterLabels::search_one_step(std::uint32_t side) {
    Side& own = sides_[side];
    if (own.next == own.voxels.size()) return false;
    const std::uint64_t first = searches_ * sides_per_search;
    bool news = false;
    neighbourhood_.for_each(own.voxels[own.next++], [&](std::uint32_t n) {
        if (labels_[n] == 0) return;
        if (marks_[n] < first) {
            marks_[n] = first + side;
            own.voxels.push_back(n);
            return;
        }
        const std::uint32_t a = root(side), b = root(static_cast<std::uint32_t>(marks_[n] - first));
        if (a == b) return;
        sides_[std::max(a, b)].joined = std::min(a, b);
        news = true;
    });
    return news || own.next == own.voxels.size();
}

/// Finds which of the sides in sources_ hold together, and gives new labels to all closed groups but one.
void ClusterLabels::separate(const Watch& watch) {
    ++searches_;
    if (sides_.size() < sources_.size()) sides_.resize(sources_.size());
    for (std::uint32_t s = 0; s < sources_.size(); ++s) {
        sides_[s].voxels.assign(1, sources_[s]);
        sides_[s].next = 0;
        sides_[s].joined = s;
        marks_[sources_[s]] = searches_ * sides_per_search + s;
    }
    std::size_t groups = sources_.size(), open = groups;
    while (groups > 1 && open > 1) {
        bool news = false;
        for (std::uint32_t s = 0; s < sources_.size(); ++s) news = search_one_step(s) || news;
        if (!news) continue;
        open = open_groups();
        groups = 0;
        for (std::uint32_t s = 0; s < sources_.size(); ++s) groups += sides_[s].joined == s ? 1 : 0;
    }
    if (groups == 1) return;
    std::uint32_t keeper = root(0);  // keeps the label: the open group, or any when all are closed
    for (std::uint32_t s = 0; s < sources_.size(); ++s)
        if (sides_[s].next < sides_[s].voxels.size()) keeper = root(s);
    for (std::uint32_t g = 0; g < sources_.size(); ++g) {
        if (sides_[g].joined != g || g == keeper) continue;
        const std::uint32_t label = fresh_label();
        for (std::uint32_t s = 0; s < sources_.size(); ++s)
            if (root(s) == g)
                for (const std::uint32_t v : sides_[s].voxels) relabel(v, label, watch);
    }
}

void ClusterLabels::undo() noexcept {
    for (auto change = record_.rbegin(); change != record_.rend(); ++change) {
        labels_[change->voxel] = change->before;
        if (change->before != 0) ++sizes_[change->before];
        if (change->after != 0) --sizes_[change->after];
    }
}

void ClusterLabels::redo() {
    free_.resize(free_.size() - taken_);
    for (const Change& change : record_) {
        labels_[change.voxel] = change.after;
        if (change.after != 0) ++sizes_[change.after];
        if (change.before != 0 && --sizes_[change.before] == 0) free_.push_back(change.before);
    }
    begin();
}

std::size_t ClusterLabels::memory() const noexcept {
    return (labels_.size() + sizes_.capacity() + free_.capacity()) * sizeof(std::uint32_t) +
           marks_.size() * sizeof(std::uint64_t) + record_.capacity() * sizeof(Change);
}

}  // namespace protolith::anneal
