// How hard a misfit is to descend along a line: its total variation and the valleys in which a walk would be caught.
#pragma once

#include <cstddef>
#include <span>

namespace protolith::condition {

/// Of a curve sampled at successive points.
struct Roughness {
    double range = 0;               ///< largest less smallest value
    double total_variation = 0;     ///< Σ|y_k+1 − y_k|
    double largest_step = 0;        ///< largest |y_k+1 − y_k|
    std::size_t minima = 0;         ///< all local minima
    std::size_t caught_minima = 0;  ///< those at least `depth` deep

    /// Total variation over range: 1 if the curve only falls or rises, 2 if it has one valley between ends of the same
    /// height, more with every hill in between; NaN if the curve is flat.
    double relative_variation() const;
};

/// Local minima from which the curve rises by at least `depth` on both sides before it falls below them or ends. The
/// ends themselves are none; equal neighbours count as one point.
std::size_t local_minima(std::span<const double> curve, double depth = 0);

/// `depth` counts in caught_minima: 1 for a negative log-likelihood, the rise that a Markov chain passes with
/// probability 1/e. InputError for fewer than two points.
Roughness roughness(std::span<const double> curve, double depth = 1);

}  // namespace protolith::condition
