// The energy of a level: one two-point term in integers, or any sum of terms.
#pragma once

#include "anneal/problem.hpp"
#include "anneal/stage.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace protolith::anneal {

class Energy {
  public:
    Energy(const Problem& problem, std::uint32_t level, const PhaseVolume& volume);

    /// Energy of the present counts.
    double value() const;
    /// Trials; see stage.hpp.
    StageResult run(Candidates& candidates, RandomStream& random, StageOrder order);
    /// Counts the volume afresh; throws Error unless the counts that were kept swap by swap are the same, and the
    /// energy that a stage kept, `running`, is that of the counts to rounding. `before`: energy at the stage's start.
    void verify(const PhaseVolume& volume, double before, double running);
    std::size_t memory() const;

  private:
    double weight_ = 1;
    std::optional<TwoPoint> two_point_;         // S2 alone
    std::vector<std::unique_ptr<Term>> terms_;  // otherwise
};

}  // namespace protolith::anneal
