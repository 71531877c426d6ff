#include "anneal/candidates.hpp"

namespace protolith::anneal {

Candidates::Candidates(PhaseVolume volume, Selection selection)
    : volume_(std::move(volume)),
      lattice_(volume_.extent()),
      selection_(selection),
      neighbour_count_(volume_.extent().dimensions() == 3 ? 6 : 4),
      places_(volume_.size()) {
    if (selection_ == Selection::interface) count_unlike_neighbours();
    sort();
}

Candidates::Neighbours Candidates::neighbours(std::uint32_t voxel) const noexcept {
    const Coordinates c = lattice_.coordinates(voxel);
    const Extent& e = volume_.extent();
    const auto width = static_cast<std::uint32_t>(e.x), height = static_cast<std::uint32_t>(e.y);
    const auto depth = static_cast<std::uint32_t>(e.z), plane = width * height;
    return {c.x == 0 ? voxel + width - 1 : voxel - 1,
            c.x == width - 1 ? voxel + 1 - width : voxel + 1,
            c.y == 0 ? voxel + plane - width : voxel - width,
            c.y == height - 1 ? voxel + width - plane : voxel + width,
            c.z == 0 ? voxel + (depth - 1) * plane : voxel - plane,
            c.z == depth - 1 ? voxel - (depth - 1) * plane : voxel + plane};
}

void Candidates::count_unlike_neighbours() {
    unlike_.assign(volume_.size(), 0);
    for (std::uint32_t voxel = 0; voxel < volume_.size(); ++voxel) {
        const Neighbours around = neighbours(voxel);
        for (std::size_t k = 0; k < neighbour_count_; ++k) unlike_[voxel] += volume_[around[k]] != volume_[voxel];
    }
}

void Candidates::sort() {
    lists_[0].clear();
    lists_[1].clear();
    const auto voxels = static_cast<std::uint32_t>(volume_.size());
    for (std::uint32_t voxel = 0; voxel < voxels; ++voxel)
        if (unlike_.empty() || unlike_[voxel] != 0) add(voxel, volume_[voxel]);
}

void Candidates::add(std::uint32_t voxel, int phase) {
    places_[voxel] = static_cast<std::uint32_t>(lists_[phase].size());
    lists_[phase].push_back(voxel);
}

void Candidates::remove(std::uint32_t voxel, int phase) {
    std::vector<std::uint32_t>& list = lists_[phase];
    const std::uint32_t last = list.back(), place = places_[voxel];
    list[place] = last;
    places_[last] = place;
    list.pop_back();
}

void Candidates::flip(std::uint32_t voxel) {
    const std::uint8_t old = volume_[voxel], now = old ^ 1;
    volume_[voxel] = now;
    if (unlike_[voxel] != 0) remove(voxel, old);
    unlike_[voxel] = static_cast<std::uint8_t>(neighbour_count_ - unlike_[voxel]);
    if (unlike_[voxel] != 0) add(voxel, now);
    const Neighbours around = neighbours(voxel);
    for (std::size_t k = 0; k < neighbour_count_; ++k) {
        const std::uint32_t beside = around[k];
        if (volume_[beside] == now) {
            if (--unlike_[beside] == 0) remove(beside, now);
        } else if (unlike_[beside]++ == 0) {
            add(beside, old);
        }
    }
}

void Candidates::swap(const Swap& swap) {
    if (selection_ == Selection::interface) {
        flip(swap.from);
        flip(swap.to);
        return;
    }
    volume_[swap.from] = 0;
    volume_[swap.to] = 1;
    const std::uint32_t in_phase = places_[swap.from], outside = places_[swap.to];
    lists_[1][in_phase] = swap.to;
    lists_[0][outside] = swap.from;
    places_[swap.to] = in_phase;
    places_[swap.from] = outside;
}

std::size_t Candidates::memory() const noexcept {
    return volume_.size() + places_.size() * sizeof(std::uint32_t) + unlike_.size() +
           (lists_[0].capacity() + lists_[1].capacity()) * sizeof(std::uint32_t);
}

}  // namespace protolith::anneal
