// Scaled autocovariance of Pn: Fn(r) = (Pn(r) − φⁿ) / (φ − φⁿ), 1 at r = 0 and 0 without order (seed paper, Eq. 2).
#pragma once

#include "descriptors/curve_counts.hpp"

#include <optional>
#include <string>
#include <vector>

namespace protolith::descriptors {

/// Fn of a curve that holds Pn with Pn(0) = φ first, named "F" + the curve's name without its first letter ("P3H" →
/// "F3H", "S2" → "F2"). nullopt where Fn is undefined: φ = 0 or 1. `points` is n ≥ 2; a curve without r = 0 is an
/// Error.
std::optional<Curve> scaled_function(const Curve& pn, int points);

/// Why Fn of this phase fraction is undefined, for reports; empty if it is defined.
std::string undefined_because(double phase_fraction);

/// Fn of a set of images: those that have one, in order, and how many have none.
struct ScaledSet {
    std::vector<Curve> curves;
    std::size_t undefined = 0;
};
ScaledSet scaled_set(const std::vector<Curve>& pn, int points);

}  // namespace protolith::descriptors
