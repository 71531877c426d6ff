// The two-point kernels in plain loops: the reference of the SIMD text, and what runs on processors without SIMD.
#pragma once

#include "anneal/two_point.hpp"

namespace protolith::anneal::plain {

/// Energy change of a swap in units of 2^-F counts²; leaves δ in state.change.
std::int64_t propose(TwoPoint& state, const Swap& swap);
/// C += δ, V += 2^(F+1) δ.
void apply_change(TwoPoint& state);

/// Writes g_r of a voxel to seen[r − 1]; returns Σ 2^F g² + sign V g, for narrow slopes.
std::int32_t see(const TwoPoint& state, std::uint32_t voxel, int sign, std::int8_t* seen);

}  // namespace protolith::anneal::plain
