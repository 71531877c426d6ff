// The random numbers of one step of one chain: a pure function of (seed, purpose, chain, step), whatever the rank, the
// order and the interruptions.
#pragma once

#include "base/random.hpp"

#include <cstddef>
#include <cstdint>

namespace protolith::sampling {

/// What a buffer for the draws of a step must hold. Element 0 is the uniform, the normals begin at `first_normal`.
constexpr std::size_t draws_size(std::size_t dimensions) noexcept {
    const std::size_t blocks = 1 + (dimensions + 1) / 2, lanes = 8;
    return 2 * ((blocks + lanes - 1) / lanes * lanes);
}
inline constexpr std::size_t first_normal = 2;

/// Fills out[0] with a uniform number of [0, 1) and out[2 … 2 + dimensions) with standard normal ones (Box–Muller, both
/// branches). Each step has 1 + ⌈dimensions/2⌉ blocks of the Philox counter to itself. By SIMD: the same on every
/// machine that has the same instruction set, to rounding on others.
void draw_step(std::uint64_t seed, RandomPurpose purpose, std::uint32_t chain, std::uint64_t step,
               std::size_t dimensions, double* out);

}  // namespace protolith::sampling
