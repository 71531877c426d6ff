// The lines of a periodic volume along one direction (rows, columns, diagonals), one bit a voxel and both ways round:
// the voxels ahead of and behind a voxel are then shifted 64-bit words.
#pragma once

#include "anneal/terms/voxel.hpp"
#include "volume/volume.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace protolith::anneal {

/// (z, y, x) step of a line, each −1, 0 or 1; the first that is not 0 is 1.
using Direction = std::array<int, 3>;

class PackedLines {
  public:
    /// Where the bits ahead of and behind a voxel start.
    struct Place {
        std::size_t ahead, behind;
    };

    /// True when a line along `step` closes after one turn: diagonals need equal sides.
    static bool closes(const Extent& extent, const Direction& step);

    /// Lines of an empty volume, to be read up to `words` words of 64 voxels from any voxel. `step` must close.
    PackedLines(const Extent& extent, const Direction& step, std::size_t words);

    void assign(const PhaseVolume& volume);
    /// Exchanges the phase of a voxel.
    void flip(const Voxel& voxel) noexcept;

    Place place(const Voxel& voxel) const noexcept {
        const std::uint32_t position = voxel[axis_];
        const std::size_t first = line(voxel, position) * stride_;
        return {first + position + 1, first + reversed_ + (side_ - position)};
    }
    /// Voxels 1 + 64 k … 64 + 64 k steps along, bit by bit, from place().ahead + 64 k or place().behind + 64 k.
    std::uint64_t bits(std::size_t start) const noexcept {
        const std::uint64_t* const at = bits_.data() + start / 64;
        const std::size_t shift = start % 64;
        return (at[0] >> shift) | ((at[1] << 1) << (63 - shift));
    }
    std::size_t memory() const noexcept { return bits_.size() * sizeof(std::uint64_t); }
    /// memory() of lines that have not been made.
    static std::size_t estimate_memory(const Extent& extent, const Direction& step, std::size_t words);

  private:
    /// The axes across a line: the voxel's coordinate there at position 0 is (c + turn · position) mod side.
    struct Across {
        std::uint32_t start = 0, turn = 0, side = 1, stride = 0;
    };
    /// Number of the line through the voxel: from its coordinates where it crosses position 0. No branches.
    std::size_t line(const Voxel& voxel, std::uint32_t position) const noexcept {
        std::uint32_t number = 0;
        for (std::size_t a = 0; a < 3; ++a) {
            const std::uint32_t c = voxel[a] + across_[a].start + across_[a].turn * position;  // below twice the side
            number += std::min(c, c - across_[a].side) * across_[a].stride;  // c below the side: c − side is huge
        }
        return number;
    }
    void flip_every_turn(std::size_t first, std::size_t position) noexcept;

    std::array<Across, 3> across_{};
    std::size_t axis_ = 0;      // the first along which the line moves; the position along the line is its coordinate
    std::uint32_t side_ = 1;    // length of a line
    std::size_t stride_ = 0;    // bits from line to line: more than one turn, so that reading needs no wrap
    std::size_t reversed_ = 0;  // bits from the lines to the same lines backwards
    std::vector<std::uint64_t> bits_;
};

}  // namespace protolith::anneal
