// How the addresses of a pack of sites are listed: where each of its directions finds its populations (flow/sites.hpp).
//
// Sites follow one another along x, and so do their neighbours until a wall or the end of a row: the addresses of a
// direction fall into few pieces of consecutive lanes. A pack is listed by its kind, in words of 32 bits:
//     runs (0)              18 words: every direction is one piece over all lanes, and this its first address
//     pieces (1 to 4, K)    K times 18 words, the address that lane 0 would have in piece k of each direction, then
//                           K times 18 masks of its lanes, one bit each; lanes in no piece read their own slot (q, n)
//     each_lane (5)         18 times the lanes: every address
#pragma once

#include "flow/lattice.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace protolith::flow {

/// Directions that leave the site.
inline constexpr int links = directions - 1;
inline constexpr int most_pieces = 4, each_lane = 5;

/// Words that a pack takes. `lanes`: 8 or 16.
constexpr std::size_t words_of(int kind, std::size_t lanes) noexcept {
    const auto pieces = static_cast<std::size_t>(kind);
    if (kind == 0) return links;
    if (kind == each_lane) return links * lanes;
    return links * pieces + (links * pieces * (lanes / 8) + 3) / 4;
}

/// Appends one pack to `words` and returns its kind. `at`: the address of direction q, lane l at (q − 1)·lanes + l;
/// `own_first`: slot (0, n) of its first site; `stride`: from one direction to the next.
int append_pack(const std::int32_t* at, std::size_t lanes, std::int32_t own_first, std::size_t stride,
                std::vector<std::int32_t>& words);

/// The address of direction q (1 to 18) and lane l of a pack of this kind whose words begin at `words`.
std::int32_t address_in(const std::int32_t* words, int kind, std::size_t lanes, std::int32_t own_first,
                        std::size_t stride, int q, std::size_t lane) noexcept;

}  // namespace protolith::flow
