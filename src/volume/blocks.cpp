#include "volume/blocks.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace protolith {

namespace {

/// Voxel faces that the blocks of `grid` exchange over all cuts, in a periodic or a walled volume; an axis in one piece
/// exchanges nothing.
double exchanged_surface(const Extent& volume, const Extent& grid, bool periodic) {
    const auto cuts = [periodic](std::size_t pieces) {
        return pieces == 1 ? 0.0 : static_cast<double>(periodic ? pieces : pieces - 1);
    };
    const auto area = [](std::size_t a, std::size_t b) { return static_cast<double>(a) * static_cast<double>(b); };
    return cuts(grid.z) * area(volume.y, volume.x) + cuts(grid.y) * area(volume.z, volume.x) +
           cuts(grid.x) * area(volume.z, volume.y);
}

/// The grid of exactly `ranks` non-empty blocks with the least surface: periodic first, then walled; at equal surface z
/// is cut before y before x, which leaves the longest contiguous rows. Nothing if none fits.
std::optional<Extent> least_surface(const Extent& volume, std::size_t ranks) {
    std::optional<Extent> best;
    constexpr double unreached = std::numeric_limits<double>::infinity();
    std::pair<double, double> least{unreached, unreached};
    for (std::size_t x = 1; x <= std::min(ranks, volume.x); ++x) {
        if (ranks % x != 0) continue;
        const std::size_t planes = ranks / x;
        for (std::size_t y = 1; y <= std::min(planes, volume.y); ++y) {
            if (planes % y != 0 || planes / y > volume.z) continue;
            const Extent grid{planes / y, y, x};
            const std::pair surface{exchanged_surface(volume, grid, true), exchanged_surface(volume, grid, false)};
            if (surface < least) {
                least = surface;
                best = grid;
            }
        }
    }
    return best;
}

struct Span {
    std::size_t first, length;
};

/// Part `index` of `length` voxels in `parts`; the first parts take one more when it does not divide.
Span part(std::size_t length, std::size_t parts, std::size_t index) {
    const std::size_t base = length / parts, extra = length % parts;
    return {index * base + std::min(index, extra), base + (index < extra ? 1 : 0)};
}

std::size_t part_of(std::size_t length, std::size_t parts, std::size_t voxel) {
    const std::size_t base = length / parts, extra = length % parts, longer = extra * (base + 1);
    return voxel < longer ? voxel / (base + 1) : extra + (voxel - longer) / base;
}

std::size_t wrap(std::size_t index, int step, std::size_t length) {
    const auto n = static_cast<long long>(length);
    const long long moved = (static_cast<long long>(index) + step) % n;
    return static_cast<std::size_t>(moved < 0 ? moved + n : moved);
}

}  // namespace

bool inside(const Block& block, const Extent& extent) noexcept {
    const auto fits = [](std::size_t offset, std::size_t length, std::size_t limit) {
        return length > 0 && length <= limit && offset <= limit - length;
    };
    return fits(block.offset.z, block.extent.z, extent.z) && fits(block.offset.y, block.extent.y, extent.y) &&
           fits(block.offset.x, block.extent.x, extent.x);
}

std::string to_string(const Block& block) {
    const auto& [offset, extent] = block;
    return fmt::format("[{}:{}, {}:{}, {}:{}]", offset.z, offset.z + extent.z, offset.y, offset.y + extent.y, offset.x,
                       offset.x + extent.x);
}

BlockGrid::BlockGrid(const Extent& volume, int ranks) : volume_(volume), ranks_(ranks) {
    require(ranks >= 1, "{} ranks given for the division of a volume; at least 1 is needed", ranks);
    require(volume.count() > 0, "an empty volume ({}) cannot be divided over ranks", to_string(volume));
    for (int used = static_cast<int>(std::min<std::size_t>(ranks, volume.count()));; --used) {
        if (const auto grid = least_surface(volume, static_cast<std::size_t>(used))) {
            grid_ = *grid;
            return;
        }
    }
}

Extent BlockGrid::position(int rank) const {
    const auto r = static_cast<std::size_t>(rank);
    return {r / (grid_.x * grid_.y), r / grid_.x % grid_.y, r % grid_.x};
}

Block BlockGrid::block(int rank) const {
    require(rank >= 0 && rank < ranks_, "rank {} is not one of the {} ranks of this division", rank, ranks_);
    if (rank >= used_ranks()) return {};
    const Extent at = position(rank);
    const Span z = part(volume_.z, grid_.z, at.z), y = part(volume_.y, grid_.y, at.y),
               x = part(volume_.x, grid_.x, at.x);
    return {{z.first, y.first, x.first}, {z.length, y.length, x.length}};
}

int BlockGrid::neighbour(int rank, int dz, int dy, int dx) const {
    require(rank >= 0 && rank < used_ranks(), "rank {} owns no voxels: {} ranks do", rank, used_ranks());
    const Extent at = position(rank);
    const std::size_t z = wrap(at.z, dz, grid_.z), y = wrap(at.y, dy, grid_.y), x = wrap(at.x, dx, grid_.x);
    return static_cast<int>((z * grid_.y + y) * grid_.x + x);
}

int BlockGrid::owner(std::size_t z, std::size_t y, std::size_t x) const {
    require(inside({{z, y, x}, {1, 1, 1}}, volume_), "voxel ({}, {}, {}) is outside {}", z, y, x, to_string(volume_));
    const std::size_t bz = part_of(volume_.z, grid_.z, z), by = part_of(volume_.y, grid_.y, y),
                      bx = part_of(volume_.x, grid_.x, x);
    return static_cast<int>((bz * grid_.y + by) * grid_.x + bx);
}

}  // namespace protolith
