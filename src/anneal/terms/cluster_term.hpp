// Two-point cluster function C2(r) (Torquato, Beasley & Chiew 1988, J. Chem. Phys. 88, 6540): probability that two
// points at distance r along rows and columns (in 3-D stacks, too) lie in the same connected cluster; periodic.
#pragma once

#include "anneal/terms/cluster_labels.hpp"
#include "anneal/terms/counted_term.hpp"

namespace protolith::anneal {

/// A swap that leaves the clusters whole costs O(R). One that joins or parts clusters changes pairs between other
/// voxels too: O(R) for every voxel of the parts that come off and of all but the largest of the clusters that meet,
/// and the search for the parts, at worst the size of the cluster. Proposals pay this as well as accepted swaps.
class ClusterTerm final : public CountedTerm {
  public:
    /// Target f_r for r = 0 … R, R smaller than every side; connectivity 4 or 8 (6, 18 or 26 in 3-D), 0: 4 or 6;
    /// InputError otherwise. Starts with an empty volume.
    ClusterTerm(const Extent& extent, int connectivity, std::vector<double> target, double weight);

    void recount(const PhaseVolume& volume) override;
    double propose(const Swap& swap) override;
    void accept() override;
    std::size_t memory() const override;
    /// Bytes that such a term keeps, but for what clusters that part and meet take for a while.
    static std::size_t estimate_memory(const Extent& extent);

  private:
    void count_pairs(const ClusterLabels::Change& change);

    Extent extent_;
    Grid grid_;
    ClusterLabels clusters_;
    ClusterLabels::Watch watch_;
    std::vector<std::int64_t> change_;
};

/// Counts of C2 of a whole volume, r = 0 … reach; M = 2 N or 3 N.
std::vector<std::int64_t> count_clusters(const PhaseVolume& volume, std::size_t reach, int connectivity);

}  // namespace protolith::anneal
