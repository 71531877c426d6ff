// Ranks of values and what replaces them in rank-normalised diagnostics.
#pragma once

#include <span>
#include <vector>

namespace protolith::sampling {

/// Middle value, or the mean of both.
double median(std::span<const double> values);
/// Φ⁻¹((r − 3/8)/(S + 1/4)) of each value's rank r among S; equal values share their mean rank (Blom 1958).
std::vector<double> rank_normalised(std::span<const double> values);

}  // namespace protolith::sampling
