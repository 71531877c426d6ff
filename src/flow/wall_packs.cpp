#include "flow/wall_packs.hpp"

#include "flow/slip_walls.hpp"

#include <algorithm>
#include <array>

namespace protolith::flow {

WallPacks wall_packs(const Sites& sites) {
    const std::vector<std::uint32_t> slipping = slipping_directions(sites);
    WallPacks packs;
    for (std::size_t pack = 0; pack < sites.packs(); ++pack) {
        std::array<std::uint16_t, directions - 1> masks{};
        for (std::size_t l = 0; l < sites.lanes; ++l) {
            const std::uint32_t walls = slipping[pack * sites.lanes + l];
            for (std::size_t d = 0; d < masks.size(); ++d)
                if ((walls >> d) & 1) masks[d] = static_cast<std::uint16_t>(masks[d] | (1u << l));
        }
        const bool any = std::any_of(masks.begin(), masks.end(), [](std::uint16_t m) { return m != 0; });
        packs.first.push_back(any ? static_cast<std::int32_t>(packs.masks.size()) : -1);
        if (any) packs.masks.insert(packs.masks.end(), masks.begin(), masks.end());
    }
    return packs;
}

}  // namespace protolith::flow
