// What lies next to a voxel of a rank's block: fluid of its own, solid, fluid of another rank, or a pressure end.
#pragma once

#include "flow/decomposition.hpp"
#include "flow/lattice.hpp"
#include "flow/settings.hpp"

namespace protolith::flow {

/// Position in the whole volume.
struct Position {
    std::size_t z = 0, y = 0, x = 0;
};

class Surroundings {
  public:
    enum class Kind { mine, solid, other_rank, end };
    struct Neighbour {
        Kind kind = Kind::solid;
        Position at;   ///< of `mine` and `other_rank`
        int rank = 0;  ///< of `other_rank`
    };

    Surroundings(int rank, const Decomposition& decomposition, const PhaseReader& read, const Settings& settings);

    bool pore(std::size_t z, std::size_t y, std::size_t x) const noexcept { return pores_(z + 1, y + 1, x + 1) != 0; }
    /// The voxel at −c_q of voxel (z, y, x) of the block: where direction q comes from.
    Neighbour upstream(std::size_t z, std::size_t y, std::size_t x, int q) const;

    const Block& block() const noexcept { return block_; }
    const Extent& volume() const noexcept { return volume_; }
    std::uint64_t index(const Position& p) const noexcept { return (p.z * volume_.y + p.y) * volume_.x + p.x; }

  private:
    int rank_;
    const Decomposition& decomposition_;
    Extent volume_;
    Block block_;
    PhaseVolume pores_;  // with a rim
    std::array<bool, 3> wraps_, ends_;
};

}  // namespace protolith::flow
