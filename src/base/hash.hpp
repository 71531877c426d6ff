// FNV-1a, 64 bits: a short name for a text (the deck that a checkpoint belongs to). Not cryptographic.
#pragma once

#include <cstdint>
#include <string_view>

namespace protolith {

constexpr std::uint64_t fnv1a(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    return hash;
}

}  // namespace protolith
