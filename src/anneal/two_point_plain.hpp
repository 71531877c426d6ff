// The two-point kernels in plain loops: the reference of the SIMD text, and what runs on processors without SIMD.
#pragma once

#include "anneal/two_point.hpp"

namespace protolith::anneal::plain {

/// Energy change of a swap in units of 2^-F counts²; leaves δ in state.change.
std::int64_t propose(TwoPoint& state, const Swap& swap);
/// V += 2^(F+1) δ.
void apply_change(TwoPoint& state);

}  // namespace protolith::anneal::plain
