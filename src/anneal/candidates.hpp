// The voxels that a trial may choose: all of each phase, or only those on the interface, with a neighbour of the other
// phase (4 in the plane, 6 in space). Both lists are maintained swap by swap.
#pragma once

#include "anneal/lattice.hpp"
#include "anneal/settings.hpp"
#include "anneal/term.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace protolith::anneal {

class Candidates {
  public:
    /// Lists in raster order.
    Candidates(PhaseVolume volume, Selection selection);

    const PhaseVolume& volume() const noexcept { return volume_; }
    /// Voxels of the phase (1) or outside it (0) that a trial may choose.
    std::span<const std::uint32_t> list(int phase) const noexcept { return lists_[phase]; }
    /// Brings the lists into raster order: what a stage starts from then depends on the volume alone.
    void sort();
    /// Exchanges the phases of two voxels: `from` must be in the phase and `to` not.
    void swap(const Swap& swap);
    /// Changes the phase of one voxel; interface selection only.
    void flip(std::uint32_t voxel);
    std::size_t memory() const noexcept;

  private:
    using Neighbours = std::array<std::uint32_t, 6>;
    Neighbours neighbours(std::uint32_t voxel) const noexcept;
    void count_unlike_neighbours();
    void add(std::uint32_t voxel, int phase);
    void remove(std::uint32_t voxel, int phase);

    PhaseVolume volume_;
    Lattice lattice_;
    Selection selection_;
    std::size_t neighbour_count_;
    std::array<std::vector<std::uint32_t>, 2> lists_;
    std::vector<std::uint32_t> places_;  // of listed voxels in their list
    std::vector<std::uint8_t> unlike_;   // neighbours of the other phase; interface selection only
};

}  // namespace protolith::anneal
