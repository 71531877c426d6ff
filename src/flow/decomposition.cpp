#include "flow/decomposition.hpp"

#include <algorithm>
#include <numeric>

namespace protolith::flow {
namespace {

std::size_t& component(Extent& e, int axis) { return axis == 0 ? e.x : axis == 1 ? e.y : e.z; }
std::size_t component(const Extent& e, int axis) { return axis == 0 ? e.x : axis == 1 ? e.y : e.z; }

int longest_axis(const Extent& e) {
    int axis = 2;  // z first: slabs are cheapest to read
    for (const int other : {1, 0})
        if (component(e, other) > component(e, axis)) axis = other;
    return axis;
}

// The slab of this rank and what it holds.
struct Slab {
    std::size_t first_plane = 0;
    PhaseVolume pores;
};

// Adds to counts[i] the pores of plane i of `block` along `axis`, as far as they lie in the slab.
void count_planes(const Slab& slab, const Block& block, int axis, std::uint64_t* counts) {
    const std::size_t z0 = std::max(slab.first_plane, block.offset.z);
    const std::size_t z1 = std::min(slab.first_plane + slab.pores.extent().z, block.offset.z + block.extent.z);
    for (std::size_t z = z0; z < z1; ++z) {
        for (std::size_t y = 0; y < block.extent.y; ++y) {
            const auto* row = &slab.pores.data()[((z - slab.first_plane) * slab.pores.extent().y + y + block.offset.y) *
                                                     slab.pores.extent().x +
                                                 block.offset.x];
            for (std::size_t x = 0; x < block.extent.x; ++x)
                counts[axis == 0 ? x : axis == 1 ? y : z - block.offset.z] += row[x] != 0;
        }
    }
}

std::uint64_t count_pores(const Slab& slab, const Block& block) {
    std::vector<std::uint64_t> counts(block.extent.z, 0);
    count_planes(slab, block, 2, counts.data());
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

/// A block without the layers that face other blocks: along an axis that it fills it faces itself.
Block inside_of(const Block& block, const Extent& volume) {
    Block inner = block;
    for (int axis = 0; axis < 3; ++axis) {
        const std::size_t length = component(block.extent, axis);
        if (length == component(volume, axis)) continue;
        component(inner.offset, axis) += 1;
        component(inner.extent, axis) = length > 2 ? length - 2 : 0;
    }
    return inner;
}

struct Part {
    Block block;
    int first_rank = 0, ranks = 1;
};

// Planes of the first of two halves: the cut whose pores are nearest to `share` of all, both halves big enough for
// their ranks.
std::size_t best_cut(const std::vector<std::uint64_t>& counts, int ranks_below, int ranks, std::size_t voxels_a_plane) {
    const auto planes_for = [&](int n) { return (static_cast<std::size_t>(n) + voxels_a_plane - 1) / voxels_a_plane; };
    std::uint64_t total = 0, below = 0;
    for (const auto count : counts) total += count;
    const double wanted = static_cast<double>(total) * ranks_below / ranks;
    std::size_t best = planes_for(ranks_below);
    double best_error = -1;
    for (std::size_t cut = 1; cut < counts.size(); ++cut) {
        below += counts[cut - 1];
        if (cut < planes_for(ranks_below) || counts.size() - cut < planes_for(ranks - ranks_below)) continue;
        const double error = std::abs(static_cast<double>(below) - wanted);
        if (best_error < 0 || error < best_error) {
            best_error = error;
            best = cut;
        }
    }
    return best;
}

void bisect(const Communicator& comm, const Slab& slab, const Part& part, std::vector<Block>& blocks) {
    if (part.ranks == 1) {
        blocks[static_cast<std::size_t>(part.first_rank)] = part.block;
        return;
    }
    const int axis = longest_axis(part.block.extent);
    const std::size_t length = component(part.block.extent, axis);
    std::vector<std::uint64_t> counts(length, 0);
    count_planes(slab, part.block, axis, counts.data());
    comm.sum_in_place(counts.data(), counts.size());
    const int ranks_below = part.ranks / 2;
    const std::size_t cut = best_cut(counts, ranks_below, part.ranks, part.block.count() / length);
    Part low{part.block, part.first_rank, ranks_below};
    Part high{part.block, part.first_rank + ranks_below, part.ranks - ranks_below};
    component(low.block.extent, axis) = cut;
    component(high.block.extent, axis) = length - cut;
    component(high.block.offset, axis) += cut;
    bisect(comm, slab, low, blocks);
    bisect(comm, slab, high, blocks);
}

}  // namespace

double Decomposition::imbalance() const noexcept {
    std::uint64_t total = 0, most = 0;
    for (const auto count : pores) {
        total += count;
        most = std::max(most, count);
    }
    return static_cast<double>(most) * static_cast<double>(pores.size()) / static_cast<double>(total);
}

int Decomposition::owner(std::size_t z, std::size_t y, std::size_t x) const {
    for (std::size_t r = 0; r < blocks.size(); ++r) {
        const Block& b = blocks[r];
        if (z - b.offset.z < b.extent.z && y - b.offset.y < b.extent.y && x - b.offset.x < b.extent.x)
            return static_cast<int>(r);  // below the offset the difference wraps around and is too large
    }
    throw Error(fmt::format("voxel ({}, {}, {}) lies in no block of {}", z, y, x, to_string(volume)));
}

std::string to_string(const Decomposition& d) {
    const auto [least, most] = std::minmax_element(d.pores.begin(), d.pores.end());
    const auto pores = std::accumulate(d.pores.begin(), d.pores.end(), std::uint64_t{0}),
               halo = std::accumulate(d.halo.begin(), d.halo.end(), std::uint64_t{0});
    if (d.blocks.size() == 1) return fmt::format("1 block of {} pore voxels", pores);
    return fmt::format("{} blocks, {} to {} pore voxels each, fullest over mean {:.3f}, {:.2g} % of them in the halo",
                       d.blocks.size(), *least, *most, d.imbalance(),
                       100 * static_cast<double>(halo) / static_cast<double>(pores));
}

Decomposition decompose(const Communicator& comm, const Extent& volume, const PhaseReader& read, int parts) {
    const int ranks = parts > 0 ? parts : comm.size();
    require_input(static_cast<std::size_t>(ranks) <= volume.count(),
                  "{} ranks for a volume of {}; expected at most one a voxel", ranks, to_string(volume));
    Slab slab;
    const ItemRange planes = comm.share(volume.z);
    collectively(comm, [&] {
        slab.first_plane = planes.first;
        if (planes.size() > 0) slab.pores = read({{planes.first, 0, 0}, {planes.size(), volume.y, volume.x}});
    });
    Decomposition result{volume, std::vector<Block>(static_cast<std::size_t>(ranks)), {}, {}};
    bisect(comm, slab, {whole(volume), 0, ranks}, result.blocks);
    for (const Block& block : result.blocks) {
        result.pores.push_back(count_pores(slab, block));
        result.halo.push_back(result.pores.back() - count_pores(slab, inside_of(block, volume)));
    }
    comm.sum_in_place(result.pores.data(), result.pores.size());
    comm.sum_in_place(result.halo.data(), result.halo.size());
    std::uint64_t total = 0;
    for (const auto count : result.pores) total += count;
    require_input(total > 0, "the volume of {} has no pores: nothing flows", to_string(volume));
    return result;
}

}  // namespace protolith::flow
