// Neighbours of a voxel by connectivity, and whether a voxel's neighbours hold together without it (simple points;
// Kong & Rosenfeld 1989, Comput. Vision Graph. 48, 357): read from the 3 × 3 × 3 cells around it, as bits.
#pragma once

#include "anneal/terms/voxel.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace protolith::anneal {

class Neighbourhood {
  public:
    /// Connectivity 4 or 8 for images, 6, 18 or 26 for volumes; 0 stands for 4 or 6. InputError for any other.
    Neighbourhood(const Extent& extent, int connectivity);

    int connectivity() const noexcept { return connectivity_; }
    /// Calls visit(index) for each neighbour, periodic; in volumes of one or two voxels a side some come twice.
    template <class Visit>
    void for_each(std::uint32_t index, Visit&& visit) const {
        const Voxel voxel = grid_.voxel(index);
        for (const Voxel& step : steps_) visit(grid_.index(grid_.sum(voxel, step)));
    }
    /// One neighbour of each group that holds together within the cells around a voxel, the voxel itself left out:
    /// `inside(index)` tells the phase.
    template <class Inside>
    void groups(std::uint32_t index, Inside&& inside, std::vector<std::uint32_t>& representatives) const {
        representatives.clear();
        const Voxel voxel = grid_.voxel(index);
        std::uint32_t cells = 0;
        for (std::uint32_t c = 0; c < 27; ++c)
            if (((window_ >> c) & 1) != 0 && inside(cell(voxel, c))) cells |= 1u << c;
        for (std::uint32_t open = cells & adjacent_[centre]; open != 0;) {
            const auto first = static_cast<std::uint32_t>(std::countr_zero(open));
            representatives.push_back(cell(voxel, first));
            open &= ~flood(first, cells);
        }
    }

  private:
    static constexpr std::uint32_t centre = 13;
    /// Voxel of cell c = 9 (dz + 1) + 3 (dy + 1) + (dx + 1).
    std::uint32_t cell(const Voxel& voxel, std::uint32_t c) const noexcept {
        return grid_.index(grid_.sum(voxel, cell_steps_[c]));
    }
    /// Cells connected with `first` among `cells`.
    std::uint32_t flood(std::uint32_t first, std::uint32_t cells) const noexcept;

    Grid grid_;
    int connectivity_;
    std::vector<Voxel> steps_;
    std::array<Voxel, 27> cell_steps_{};
    std::array<std::uint32_t, 27> adjacent_{};  // bits of the cells next to a cell
    std::uint32_t window_ = 0;                  // cells that exist: one plane in images; without the centre
};

}  // namespace protolith::anneal
