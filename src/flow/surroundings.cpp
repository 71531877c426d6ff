#include "flow/surroundings.hpp"

namespace protolith::flow {
namespace {

bool contains(const Block& b, const Position& p) noexcept {
    // Below the offset the difference wraps around and is too large.
    return p.z - b.offset.z < b.extent.z && p.y - b.offset.y < b.extent.y && p.x - b.offset.x < b.extent.x;
}

}  // namespace

Surroundings::Surroundings(int rank, const Decomposition& decomposition, const PhaseReader& read,
                           const Settings& settings)
    : rank_(rank),
      decomposition_(decomposition),
      volume_(decomposition.volume),
      block_(decomposition.blocks[static_cast<std::size_t>(rank)]),
      pores_(read_with_rim(read, decomposition.volume, block_)),
      wraps_(settings.periodic),
      ends_{false, false, false} {
    if (settings.ends != Ends::periodic) {
        wraps_[static_cast<std::size_t>(settings.end_axis)] = false;
        ends_[static_cast<std::size_t>(settings.end_axis)] = true;
    }
}

Surroundings::Neighbour Surroundings::upstream(std::size_t z, std::size_t y, std::size_t x, int q) const {
    const Velocity c = velocities[static_cast<std::size_t>(q)];
    const std::array<std::size_t, 3> size{volume_.x, volume_.y, volume_.z};
    const std::array<std::size_t, 3> here{x + block_.offset.x, y + block_.offset.y, z + block_.offset.z};
    std::array<std::size_t, 3> there{};
    bool wall = false, end = false;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const int step = -c.along(static_cast<int>(axis));
        const bool out = (step < 0 && here[axis] == 0) || (step > 0 && here[axis] + 1 == size[axis]);
        there[axis] = (here[axis] + size[axis] + static_cast<std::size_t>(step + 1) - 1) % size[axis];
        if (out && !wraps_[axis]) (ends_[axis] ? end : wall) = true;
    }
    if (end) return {Kind::end, {}, 0};  // also where the end meets a wall: its populations come from outside
    const auto rim = [](std::size_t at, int step) { return at + static_cast<std::size_t>(step + 1); };
    if (wall || pores_(rim(z, -c.z), rim(y, -c.y), rim(x, -c.x)) == 0) return {Kind::solid, {}, 0};
    const Position at{there[2], there[1], there[0]};
    if (contains(block_, at)) return {Kind::mine, at, rank_};
    return {Kind::other_rank, at, decomposition_.owner(at.z, at.y, at.x)};
}

}  // namespace protolith::flow
