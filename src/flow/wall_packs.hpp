// Diffuse walls as the packs' kernels blend them, in registers between collision and store: which lanes of a pack get
// back what they sent in which direction. The twin of flow/slip_walls.hpp.
#pragma once

#include "flow/sites.hpp"

#include <cstdint>
#include <vector>

namespace protolith::flow {

struct WallPacks {
    /// Of each pack: where its 18 masks of lanes begin in `masks` (direction q at q − 1), or −1 where no site has a
    /// wall.
    std::vector<std::int32_t> first;
    std::vector<std::uint16_t> masks;
};

WallPacks wall_packs(const Sites& sites);

}  // namespace protolith::flow
