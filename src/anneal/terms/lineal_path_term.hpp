// Lineal path L(r) (Lu & Torquato 1992, Phys. Rev. A 45, 922): probability that a whole segment of r + 1 voxels along
// an axis lies in the phase; rows and columns (and, in 3-D, stacks) of the periodic volume together. A run of ℓ voxels
// holds ℓ − r such segments, so a swap changes L by what the runs beside the two voxels say: O(R).
#pragma once

#include "anneal/terms/counted_term.hpp"
#include "anneal/terms/packed_lines.hpp"
#include "anneal/terms/swap_kernels.hpp"

namespace protolith::anneal {

class LinealPathTerm final : public CountedTerm {
  public:
    /// Target f_r for r = 0 … R, R smaller than every side of the volume (sides of 1 voxel along z apart) and at most
    /// 5000; InputError otherwise. Starts with an empty volume.
    LinealPathTerm(const Extent& extent, std::vector<double> target, double weight);

    void recount(const PhaseVolume& volume) override;
    double propose(const Swap& swap) override;
    void accept() override;
    std::size_t memory() const override;
    /// Bytes that such a term keeps, but for a few thousand.
    static std::size_t estimate_memory(const Extent& extent, std::size_t reach);

  private:
    std::size_t run(const PackedLines& lines, std::size_t start) const noexcept;

    Extent extent_;
    Grid grid_;
    std::vector<PackedLines> lines_;  // by axis
    std::vector<std::size_t> axes_;   // axis of each of lines_
    SwapKernels kernels_;
    std::vector<RunPair> pairs_;
    hwy::AlignedFreeUniquePtr<std::int16_t[]> change_;
    std::size_t used_ = 0;
    Voxel from_{}, to_{};
};

}  // namespace protolith::anneal
