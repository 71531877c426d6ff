// Log evidence log ∫ prior(z) L(z) dz from the log-likelihoods that the levels of a ladder visit.
#pragma once

#include "sampling/settings.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace protolith::sampling {

struct Estimate {
    double value = 0;
    double error = 0;  ///< standard error; NaN where it cannot be told
};

/// Estimates of the log evidence; NaN without tempering.
struct LogEvidence {
    /// Σ log⟨L^{Δβ}⟩ at the hotter of each two neighbours (Xie et al. 2011, Syst. Biol. 60, 150).
    Estimate stepping_stone;
    /// ∫⟨log L⟩ dβ by the trapezoid rule with the correction by the variances (Friel, Hurn & Wyse 2014, Stat. Comput.
    /// 24, 709). NaN where states of the prior are impossible.
    Estimate thermodynamic;
};

/// Sums over sweeps in blocks, so that errors are known: a block is one ladder in a twentieth of the sweeps.
class EvidenceSums {
  public:
    explicit EvidenceSums(const Settings& settings);

    /// Adds the log-likelihoods of a ladder's levels (temperatures) after `sweep`, counted from the end of the burn-in.
    void add(std::size_t ladder, std::uint64_t sweep, std::span<const double> beta,
             std::span<const double> log_likelihood);
    /// The estimates, with errors by the jackknife over blocks. `beta` as it was in add().
    LogEvidence estimate(std::span<const double> beta) const;
    /// ⟨log L⟩ of each level.
    std::vector<double> mean_log_likelihood() const;

    /// For checkpoints.
    const std::vector<double>& pack() const noexcept { return sums_; }
    void unpack(std::span<const double> packed);

  private:
    struct Level;
    static constexpr std::size_t blocks_of_ladder = 20, numbers = 5;
    std::vector<Level> totals(std::size_t without) const;

    Settings settings_;
    std::vector<double> sums_;  // (ladder, block, level, number)
};

}  // namespace protolith::sampling
