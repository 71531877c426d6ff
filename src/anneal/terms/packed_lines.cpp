#include "anneal/terms/packed_lines.hpp"

#include <algorithm>

namespace protolith::anneal {

namespace {

std::size_t first_axis(const Direction& step) {
    const auto moving = std::find_if(step.begin(), step.end(), [](int s) { return s != 0; });
    require(moving != step.end() && *moving == 1, "the first moving axis of a line must step by 1");
    return static_cast<std::size_t>(moving - step.begin());
}

/// Bits from line to line: one turn, `words` words from its end on, and a word to shift from.
std::size_t stride_bits(std::size_t side, std::size_t words) { return (side / 64 + words + 2) * 64; }

}  // namespace

bool PackedLines::closes(const Extent& extent, const Direction& step) {
    const Voxel sides = Grid(extent).sides();
    const std::size_t axis = first_axis(step);
    for (std::size_t a = 0; a < 3; ++a)
        if (step[a] != 0 && sides[a] != sides[axis]) return false;
    return true;
}

PackedLines::PackedLines(const Extent& extent, const Direction& step, std::size_t words)
    : axis_(first_axis(step)), side_(Grid(extent).sides()[axis_]) {
    require(closes(extent, step), "lines along ({}, {}, {}) do not close in a volume of {}", step[0], step[1], step[2],
            to_string(extent));
    std::uint32_t lines = 1;
    for (std::size_t a = 3; a-- > 0;) {
        if (a == axis_) continue;
        const std::uint32_t side = Grid(extent).sides()[a];
        // a step of 1 turns the coordinate back by the position, a step of −1 forwards
        across_[a] = {step[a] > 0 ? side : 0, static_cast<std::uint32_t>(-step[a]), side, lines};
        lines *= side;
    }
    stride_ = stride_bits(side_, words);
    reversed_ = extent.count() / side_ * stride_;
    bits_.assign(2 * reversed_ / 64 + 1, 0);
}

std::size_t PackedLines::estimate_memory(const Extent& extent, const Direction& step, std::size_t words) {
    const std::size_t side = Grid(extent).sides()[first_axis(step)];
    return 2 * (extent.count() / side) * stride_bits(side, words) / 8;
}

void PackedLines::assign(const PhaseVolume& volume) {
    std::fill(bits_.begin(), bits_.end(), 0);
    const Grid grid(volume.extent());
    for (std::size_t i = 0; i < volume.size(); ++i)
        if (volume[i] != 0) flip(grid.voxel(static_cast<std::uint32_t>(i)));
}

void PackedLines::flip(const Voxel& voxel) noexcept {
    const std::uint32_t position = voxel[axis_];
    const std::size_t first = line(voxel, position) * stride_;
    flip_every_turn(first, position);
    flip_every_turn(first + reversed_, side_ - 1 - position);
}

void PackedLines::flip_every_turn(std::size_t first, std::size_t position) noexcept {
    for (std::size_t k = position; k < stride_; k += side_)
        bits_[(first + k) / 64] ^= std::uint64_t{1} << ((first + k) % 64);
}

}  // namespace protolith::anneal
