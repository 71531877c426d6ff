// Swaps of temperatures between neighbours of a ladder. Temperatures move, states stay: every rank decides all swaps
// alike from the log-likelihoods of all chains, and only these travel.
#pragma once

#include "base/random.hpp"
#include "sampling/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace protolith::sampling {

/// Which chain has which level, in all ladders, and what the swaps have counted.
class Swaps {
  public:
    explicit Swaps(const Settings& settings);

    std::size_t level(std::size_t chain) const noexcept { return level_[chain]; }
    /// Chain of a ladder at a level; the last level is the posterior.
    std::size_t chain_at(std::size_t ladder, std::size_t level) const noexcept {
        return chain_at_[ladder * temperatures_ + level];
    }

    /// Offers the swaps that follow `sweep` (counted from 0). `log_likelihood`: of all chains.
    void offer(std::uint64_t sweep, std::span<const double> beta, std::span<const double> log_likelihood);
    /// Forgets what was counted (rejections, round trips), at the start of another phase.
    void reset_counts();

    /// Mean probability, over sweeps and ladders since reset_counts(), that a swap between level k and k + 1 would be
    /// rejected; of each sweep and not only of those that offered it.
    std::vector<double> rejection() const;
    /// Times that a state came from β = 0 to β = 1 and back, of each ladder, since reset_counts().
    const std::vector<std::uint64_t>& round_trips() const noexcept { return round_trips_; }

    /// For checkpoints.
    std::vector<double> pack() const;
    void unpack(std::span<const double> packed);

  private:
    enum class Journey : std::uint8_t { none, from_prior, from_posterior };
    void offer_ladder(std::size_t ladder, std::uint64_t sweep, std::span<const double> beta,
                      std::span<const double> log_likelihood);
    void follow_journeys(std::size_t ladder);

    Settings settings_;
    std::size_t temperatures_;
    std::vector<std::size_t> level_, chain_at_;
    std::vector<Journey> journey_;  // of chains
    std::vector<std::uint64_t> round_trips_;
    std::vector<double> rejected_;     // sums over sweeps and ladders
    std::vector<double> probability_;  // of the swaps of one sweep
    double offers_ = 0;
};

/// Round trips per sweep that a ladder of perfectly mixing levels makes, given the rejections r between neighbours:
/// 1/(2 + 2 Σ r/(1 − r)) for the even–odd scheme, 1/(2 K + 2 Σ r/(1 − r)) with K levels for the stochastic one (Syed et
/// al. 2022).
double expected_round_trip_rate(SwapScheme scheme, std::span<const double> rejection);

}  // namespace protolith::sampling
