// Philox4x32-10 (Salmon et al. 2011, SC'11): four words from a counter of four and a key of two, for both backends.
#pragma once

#include "queue/types.hpp"

namespace protolith::kernels::philox {

constexpr int rounds = 10;
/// What the two words of the key grow by after each round.
constexpr std::uint32_t key_step_0 = 0x9E3779B9u, key_step_1 = 0xBB67AE85u;

/// One round on the counter c0 … c3.
PROTOLITH_HOST_DEVICE void round(std::uint32_t& c0, std::uint32_t& c1, std::uint32_t& c2, std::uint32_t& c3,
                                 std::uint32_t k0, std::uint32_t k1) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53u} * c0, p1 = std::uint64_t{0xCD9E8D57u} * c2;
    c0 = static_cast<std::uint32_t>(p1 >> 32) ^ c1 ^ k0;
    c1 = static_cast<std::uint32_t>(p1);
    c2 = static_cast<std::uint32_t>(p0 >> 32) ^ c3 ^ k1;
    c3 = static_cast<std::uint32_t>(p0);
}

}  // namespace protolith::kernels::philox
