// Metropolis' rule (1953): an increase ΔE of the energy is accepted when ΔE ≤ −T ln u, u uniform in (0, 1).
#pragma once

#include <cstdint>

namespace protolith::anneal {

/// −ln u ≤ 37.5 for every u that a 53-bit draw can give: an increase beyond this many T is refused without a draw.
inline constexpr double largest_exponent = 38.0;

/// −ln((k + ½) 2^-53) of the upper 53 bits k of a word. Own arithmetic instead of std::log, whose last bit depends on
/// the processor: the result of a reconstruction must not. Relative error below 1e-14.
double exponential_variate(std::uint64_t word);

}  // namespace protolith::anneal
