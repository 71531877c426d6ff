// Labels of the connected clusters of a periodic volume, kept while voxels leave and join the phase: joining relabels
// the smaller clusters that meet, leaving relabels the parts that come off. Every change is recorded, so it can be
// undone and done again.
#pragma once

#include "anneal/terms/neighbourhood.hpp"
#include "volume/volume.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace protolith::anneal {

class ClusterLabels {
  public:
    /// One voxel's change of label; 0 is outside the phase.
    struct Change {
        std::uint32_t voxel, before, after;
    };
    /// Told before every change: the labels are still those before it.
    using Watch = std::function<void(const Change&)>;

    /// Labels of an empty volume. InputError for a connectivity that the dimension does not have.
    ClusterLabels(const Extent& extent, int connectivity);

    void assign(const PhaseVolume& volume);
    const Volume<std::uint32_t>& labels() const noexcept { return labels_; }

    /// Starts a new record of changes.
    void begin() noexcept;
    /// Takes a voxel out of the phase: O(1) where its neighbours hold together around it; else a search from all sides
    /// at once, which ends when the sides meet or all but one are exhausted: at worst the size of the cluster.
    void remove(std::uint32_t voxel, const Watch& watch);
    /// Puts a voxel into the phase: O(size of all but the largest of the clusters that it joins).
    void add(std::uint32_t voxel, const Watch& watch);
    /// Takes the recorded changes back, or makes them again.
    void undo() noexcept;
    void redo();

    std::size_t memory() const noexcept;

  private:
    /// Voxels reached from one side of a removed voxel, in the order of the search.
    struct Side {
        std::vector<std::uint32_t> voxels;
        std::size_t next = 0;  // the first whose neighbours have not been looked at
        std::uint32_t joined;  // another side that has met this one, or itself
    };
    void relabel(std::uint32_t voxel, std::uint32_t label, const Watch& watch);
    void relabel_cluster(std::uint32_t start, std::uint32_t label, const Watch& watch);
    void separate(const Watch& watch);
    bool search_one_step(std::uint32_t side);
    std::uint32_t root(std::uint32_t side) const noexcept;
    std::size_t open_groups() const;
    std::uint32_t fresh_label();

    Neighbourhood neighbourhood_;
    Volume<std::uint32_t> labels_;
    std::vector<std::uint32_t> sizes_;  // by label
    std::vector<std::uint32_t> free_;   // labels of no voxel; the record takes from the end
    std::size_t taken_ = 0;
    std::vector<Change> record_;
    std::vector<std::uint64_t> marks_;  // by voxel: which search and side reached it last
    std::uint64_t searches_ = 0;
    std::vector<Side> sides_;
    std::vector<std::uint32_t> sources_, queue_;
};

}  // namespace protolith::anneal
