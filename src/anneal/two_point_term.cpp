#include "anneal/two_point_term.hpp"

namespace protolith::anneal {

TwoPointTerm::TwoPointTerm(const Extent& extent, std::vector<Step> steps, std::size_t range, std::vector<double> target,
                           double weight)
    : state_(extent, std::move(steps), range, std::move(target)), weight_(weight) {}

void TwoPointTerm::recount(const PhaseVolume& volume) { state_.assign(volume); }

double TwoPointTerm::propose(const Swap& swap) {
    proposed_ = swap;
    return weight_ * state_.unit() * static_cast<double>(two_point_propose(state_, swap));
}

void TwoPointTerm::accept() { two_point_accept(state_, proposed_); }

}  // namespace protolith::anneal
