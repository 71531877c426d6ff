#include "flow/pack_addresses.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace protolith::flow {
namespace {

struct Piece {
    std::int32_t base = 0;
    std::uint32_t lanes = 0;
};

// The pieces of one direction; lanes that read their own slot are in none, unless they all do: that is a run too.
std::vector<Piece> pieces_of(const std::int32_t* at, std::size_t lanes, std::int32_t own) {
    std::vector<Piece> pieces;
    for (std::size_t l = 0; l < lanes; ++l) {
        const std::int32_t base = at[l] - static_cast<std::int32_t>(l);
        if (base == own) continue;
        auto piece = std::find_if(pieces.begin(), pieces.end(), [&](const Piece& p) { return p.base == base; });
        if (piece == pieces.end()) piece = pieces.insert(piece, {base, 0});
        piece->lanes |= 1u << l;
    }
    if (pieces.empty()) pieces.push_back({own, (1u << lanes) - 1});
    return pieces;
}

std::uint32_t mask_at(const std::int32_t* masks, std::size_t lanes, std::size_t i) noexcept {
    const auto* const bytes = reinterpret_cast<const unsigned char*>(masks);
    if (lanes == 8) return bytes[i];
    std::uint16_t mask = 0;
    std::memcpy(&mask, bytes + 2 * i, sizeof mask);
    return mask;
}

}  // namespace

int append_pack(const std::int32_t* at, std::size_t lanes, std::int32_t own_first, std::size_t stride,
                std::vector<std::int32_t>& words) {
    std::array<std::vector<Piece>, links> pieces;
    std::size_t most = 0;
    bool runs = true;
    for (std::size_t d = 0; d < links; ++d) {
        const auto own = own_first + static_cast<std::int32_t>((d + 1) * stride);
        pieces[d] = pieces_of(at + d * lanes, lanes, own);
        most = std::max(most, pieces[d].size());
        runs = runs && pieces[d].front().lanes == (1u << lanes) - 1;
        pieces[d].resize(most_pieces, {own, 0});
    }
    const int kind = runs ? 0 : most <= most_pieces ? static_cast<int>(most) : each_lane;
    const std::size_t first = words.size();
    words.resize(first + words_of(kind, lanes));
    std::int32_t* const to = words.data() + first;
    if (kind == each_lane) {
        std::copy_n(at, links * lanes, to);
        return kind;
    }
    const std::size_t count = runs ? 1 : most;
    auto* const masks = reinterpret_cast<unsigned char*>(to + links * count);
    for (std::size_t k = 0; k < count; ++k)
        for (std::size_t d = 0; d < links; ++d) {
            to[k * links + d] = pieces[d][k].base;
            if (runs) continue;
            const auto mask = static_cast<std::uint16_t>(pieces[d][k].lanes);
            if (lanes == 8)
                masks[k * links + d] = static_cast<unsigned char>(mask);
            else
                std::memcpy(masks + 2 * (k * links + d), &mask, sizeof mask);
        }
    return kind;
}

std::int32_t address_in(const std::int32_t* words, int kind, std::size_t lanes, std::int32_t own_first,
                        std::size_t stride, int q, std::size_t lane) noexcept {
    const auto d = static_cast<std::size_t>(q - 1), pieces = static_cast<std::size_t>(kind);
    const auto l = static_cast<std::int32_t>(lane);
    if (kind == 0) return words[d] + l;
    if (kind == each_lane) return words[d * lanes + lane];
    for (std::size_t k = 0; k < pieces; ++k)
        if ((mask_at(words + links * pieces, lanes, k * links + d) >> lane) & 1) return words[k * links + d] + l;
    return own_first + static_cast<std::int32_t>(static_cast<std::size_t>(q) * stride) + l;
}

}  // namespace protolith::flow
