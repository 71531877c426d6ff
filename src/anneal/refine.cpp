#include "anneal/refine.hpp"

#include <numeric>
#include <vector>

namespace protolith::anneal {

PhaseVolume random_volume(const Extent& extent, std::size_t in_phase, RandomStream& random) {
    std::vector<std::uint32_t> order(extent.count());
    std::iota(order.begin(), order.end(), 0u);
    PhaseVolume volume(extent);
    for (std::size_t k = 0; k < in_phase; ++k) {
        std::swap(order[k], order[k + random.below(order.size() - k)]);
        volume[order[k]] = 1;
    }
    return volume;
}

PhaseVolume refined(const PhaseVolume& coarse, const Extent& extent, std::size_t in_phase, RandomStream& random) {
    const Extent& from = coarse.extent();
    PhaseVolume volume(extent);
    for (std::size_t z = 0; z < extent.z; ++z)
        for (std::size_t y = 0; y < extent.y; ++y)
            for (std::size_t x = 0; x < extent.x; ++x)
                volume(z, y, x) = coarse(z * from.z / extent.z, y * from.y / extent.y, x * from.x / extent.x);

    auto present = std::accumulate(volume.begin(), volume.end(), std::size_t{0});
    if (present == in_phase) return volume;
    Candidates candidates(std::move(volume), Selection::interface);
    for (; present != in_phase; present += present < in_phase ? 1 : std::size_t(-1)) {
        const auto list = candidates.list(present < in_phase ? 0 : 1);
        candidates.flip(list[random.below(list.size())]);
    }
    return candidates.volume();
}

}  // namespace protolith::anneal
