#include "anneal/terms/neighbourhood.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace protolith::anneal {

namespace {

/// How many coordinates may change at once between neighbours.
int changing_axes(const Extent& extent, int connectivity) {
    if (extent.dimensions() == 2) {
        require_input(connectivity == 4 || connectivity == 8,
                      "connectivity {} of clusters in an image of {}; 4 or 8 is expected", connectivity,
                      to_string(extent));
        return connectivity == 4 ? 1 : 2;
    }
    require_input(connectivity == 6 || connectivity == 18 || connectivity == 26,
                  "connectivity {} of clusters in a volume of {}; 6, 18 or 26 is expected", connectivity,
                  to_string(extent));
    return connectivity == 6 ? 1 : connectivity == 18 ? 2 : 3;
}

Offset offset_of(std::uint32_t c) {
    return {static_cast<int>(c / 9) - 1, static_cast<int>(c / 3 % 3) - 1, static_cast<int>(c % 3) - 1};
}

}  // namespace

Neighbourhood::Neighbourhood(const Extent& extent, int connectivity)
    : grid_(extent),
      connectivity_(connectivity != 0          ? connectivity
                    : extent.dimensions() == 2 ? 4
                                               : 6) {
    const int axes = changing_axes(extent, connectivity_);
    const auto exists = [&](const Offset& o) { return extent.dimensions() == 3 || o[0] == 0; };
    for (std::uint32_t a = 0; a < 27; ++a) {
        const Offset from = offset_of(a);
        cell_steps_[a] = grid_.wrap(from);
        if (exists(from) && a != centre) window_ |= 1u << a;
        for (std::uint32_t b = 0; b < 27; ++b) {
            const Offset to = offset_of(b);
            int changed = 0, farthest = 0;
            for (std::size_t k = 0; k < 3; ++k) {
                const int apart = static_cast<int>(std::abs(to[k] - from[k]));
                changed += apart != 0 ? 1 : 0;
                farthest = std::max(farthest, apart);
            }
            if (a != b && exists(to) && farthest == 1 && changed <= axes) adjacent_[a] |= 1u << b;
        }
    }
    for (std::uint32_t c = 0; c < 27; ++c)
        if (((adjacent_[centre] >> c) & 1) != 0) steps_.push_back(cell_steps_[c]);
}

std::uint32_t Neighbourhood::flood(std::uint32_t first, std::uint32_t cells) const noexcept {
    std::uint32_t reached = 1u << first, front = reached;
    while (front != 0) {
        const auto c = static_cast<std::uint32_t>(std::countr_zero(front));
        front &= front - 1;
        const std::uint32_t next = adjacent_[c] & cells & ~reached;
        reached |= next;
        front |= next;
    }
    return reached;
}

}  // namespace protolith::anneal
