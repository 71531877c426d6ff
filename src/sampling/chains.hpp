// This rank's chains: their states, and one step of all of them with one call of the likelihood. States stay where they
// are; a chain's temperature is told at each step.
#pragma once

#include "base/communicator.hpp"
#include "sampling/proposal.hpp"
#include "sampling/target.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace protolith::sampling {

/// What a chain has counted since it began.
struct ChainCounts {
    std::uint64_t evaluations = 0;  ///< of its likelihood
    std::uint64_t refused = 0;      ///< of these neither finite nor −∞
};

class Chains {
  public:
    /// The chains `mine` of all; nothing is evaluated yet.
    Chains(const Settings& settings, ItemRange mine, LogLikelihood likelihood);

    /// Draws first states from the prior and judges them. One that the likelihood refuses counts as impossible: the
    /// first proposal that it does not refuse is taken.
    void begin();
    /// Step number `step` of all chains: chain `mine.first + i` with kernels[i]. When `draw_prior` is false chains at
    /// β = 0 rest.
    void step(std::uint64_t step, std::span<const Kernel> kernels, bool draw_prior);

    ItemRange mine() const noexcept { return mine_; }
    std::size_t size() const noexcept { return mine_.size(); }
    std::span<const double> state(std::size_t i) const noexcept { return {&states_[i * dimensions_], dimensions_}; }
    double log_likelihood(std::size_t i) const noexcept { return log_likelihood_[i]; }
    const ChainCounts& counts(std::size_t i) const noexcept { return counts_[i]; }
    /// Proposals accepted and sum of their acceptance probabilities since the last take_acceptance().
    struct Acceptance {
        double accepted = 0, probability = 0;
    };
    Acceptance take_acceptance(std::size_t i) noexcept;
    /// Seconds that the likelihood took.
    double likelihood_seconds() const noexcept { return likelihood_seconds_; }

    /// Everything that decides how the chains go on, for checkpoints: numbers of one chain.
    static std::size_t packed_size(const Settings& settings) noexcept;
    std::vector<double> pack() const;
    void unpack(std::span<const double> packed);

  private:
    Point point(std::size_t i) const noexcept;
    void evaluate(std::size_t count);
    void judge(std::size_t i, std::size_t proposal, const Kernel& kernel, double uniform);

    Settings settings_;
    std::size_t dimensions_;
    ItemRange mine_;
    LogLikelihood likelihood_;
    bool gradients_;
    std::vector<double> states_, log_likelihood_, gradient_;                  // of the chains
    std::vector<double> proposed_, proposed_likelihood_, proposed_gradient_;  // of the chains that move
    std::vector<double> draws_;
    std::vector<std::size_t> moving_;
    std::vector<ChainCounts> counts_;
    std::vector<Acceptance> acceptance_;
    double likelihood_seconds_ = 0;
};

}  // namespace protolith::sampling
