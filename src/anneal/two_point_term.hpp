// S2 as one term among others: along the axes or along the diagonals, with the integers of TwoPoint.
#pragma once

#include "anneal/two_point.hpp"

namespace protolith::anneal {

class TwoPointTerm final : public Term {
  public:
    /// Target f_r for r = 0 … range; range ≤ half the shortest line, otherwise InputError.
    TwoPointTerm(const Extent& extent, std::vector<Step> steps, std::size_t range, std::vector<double> target,
                 double weight);

    void recount(const PhaseVolume& volume) override;
    double propose(const Swap& swap) override;
    void accept() override;
    double energy() const override { return weight_ * state_.energy(); }
    std::span<const std::int64_t> counts() const override { return state_.counts; }
    std::span<const double> target() const override { return state_.target; }
    double placements() const override { return state_.placements; }
    std::size_t memory() const override { return state_.memory(); }

  private:
    TwoPoint state_;
    double weight_;
    Swap proposed_{};
};

}  // namespace protolith::anneal
