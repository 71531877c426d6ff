// The recorded states of the posterior (β = 1) of every ladder. A state is recorded where its chain lives and kept,
// in blocks, by the rank that the ladder belongs to (Communicator::share over ladders).
#pragma once

#include "base/communicator.hpp"
#include "sampling/settings.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace protolith::sampling {

class Samples {
  public:
    Samples(const Communicator& comm, const Settings& settings);

    const Communicator& communicator() const noexcept { return comm_; }
    std::size_t ladders() const noexcept { return ladders_; }
    std::size_t dimensions() const noexcept { return dimensions_; }
    /// Ladders whose records this rank keeps.
    ItemRange mine() const noexcept { return mine_; }
    /// Records kept of each ladder, those of the burn-in first.
    std::size_t draws() const noexcept { return draws_; }
    std::size_t burn_in_draws() const noexcept { return burn_in_draws_; }

    /// State (dimensions) and log-likelihood of a record of one of `mine`.
    std::span<const double> state(std::size_t ladder, std::size_t draw) const noexcept {
        return {row(ladder, draw), dimensions_};
    }
    double log_likelihood(std::size_t ladder, std::size_t draw) const noexcept {
        return row(ladder, draw)[dimensions_];
    }
    /// log-likelihood + log of the prior density up to its constant, −|z|²/2.
    double log_posterior(std::size_t ladder, std::size_t draw) const noexcept;

    /// One variable of all ladders (ladders, draws after the burn-in) on every rank; the log-likelihood is number
    /// `dimensions()`. Collective.
    std::vector<double> series(std::size_t variable) const;

    /// Notes a state for the draw at hand, on the rank where its chain lives.
    void note(std::size_t ladder, std::span<const double> state, double log_likelihood);
    /// Ends the draw at hand on every rank; true when the next collect() is due.
    bool end_draw();
    /// Brings what was noted to the ranks that keep it. Collective.
    void collect();

    /// Numbers of one ladder's records, and the records themselves of `mine`; for checkpoints, after collect().
    std::size_t packed_size() const noexcept { return draws_ * (dimensions_ + 1); }
    std::vector<double> pack() const;
    void unpack(std::size_t draws, std::span<const double> packed);

  private:
    static constexpr std::size_t block = 64;  // draws noted before they are collected
    const double* row(std::size_t ladder, std::size_t draw) const noexcept {
        return &kept_[ladder - mine_.first][draw * (dimensions_ + 1)];
    }

    const Communicator& comm_;
    std::size_t ladders_, dimensions_, burn_in_draws_;
    ItemRange mine_;
    std::size_t draws_ = 0, noted_ = 0;
    std::vector<std::vector<double>> kept_;  // of each ladder of mine: (draws, dimensions + 1)
    std::vector<std::uint64_t> pending_;     // bits of (block, ladders, dimensions + 1), zero where a rank has none
};

}  // namespace protolith::sampling
