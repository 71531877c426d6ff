// Proposals of one state and the logarithm of their Metropolis–Hastings ratio. Pure functions: the same state, draws
// and step give the same proposal. Target: prior N(0, I) times L^β.
#pragma once

#include "sampling/reference.hpp"
#include "sampling/settings.hpp"

#include <cstddef>

namespace protolith::sampling {

/// A state with what is known about it.
struct Point {
    const double* z;         ///< (dimensions)
    double log_likelihood;   ///< may be −∞
    const double* gradient;  ///< of log_likelihood (dimensions); not read by proposals without gradient
};

/// The proposal of a temperature: kind, β, step s, and the normal distribution that pCN keeps.
struct Kernel {
    Proposal proposal = Proposal::pcn;
    double beta = 1, step = 0.3;
    std::size_t dimensions = 0;
    const Reference* reference = nullptr;  ///< that pcn keeps; none: the prior
    /// At β = 0 states are drawn from the prior, independently of the last.
    bool independent() const noexcept { return beta == 0; }
};

/// Writes the proposal from `from` with the normal numbers `xi` to `to` (dimensions). An impossible state (−∞) has no
/// drift.
void propose(const Kernel& kernel, const Point& from, const double* xi, double* to);

/// log of π(to) q(to → from) / (π(from) q(from → to)); +∞ from an impossible state, −∞ to one (0 at β = 0).
double log_ratio(const Kernel& kernel, const Point& from, const Point& to);

}  // namespace protolith::sampling
