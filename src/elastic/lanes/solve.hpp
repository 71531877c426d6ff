// Conjugate gradients of all lanes of a block, forwards and backwards. A lane whose residual is at rounding, or below
// the tolerance, stands still: a load case without a residual (equal shear moduli, a uniform image) divides by nothing.
#pragma once

#include "elastic/lanes/block.hpp"

#include <vector>

namespace protolith::elastic {

/// One step's numbers; inverses are 0 where a lane stands still.
template <class T>
struct LaneStep {
    LaneNumbers<T> alpha, beta;
    LaneNumbers<T> rho, inverse_rho;  ///< ρ = r·z
    LaneNumbers<T> inverse_energy;    ///< 1 / p·K p
};
template <class T>
struct LaneHistory {
    std::vector<LaneStep<T>> steps;
    double residual = 0;  ///< of the worst lane, before the last step where steps are fixed
};

/// Which part of an error in r·z is 1: an applied strain of 1 everywhere, or the right-hand side itself.
enum class ErrorScale { applied_strain, right_hand_side };

/// Solves for displacements from a right-hand side whose transformed rows lie in work. The last step is not yet in the
/// displacement: Pass::measure or Pass::adjoint_gradient adds it. One step at least.
template <class T>
LaneHistory<T> solve(const LanePlan<T>& plan, LaneBlock<T>& block, const SolverControl& control, ErrorScale scale);

/// Runs the steps of `history` backwards after Pass::misfit_source; block.gradient is complete then. The block keeps
/// the directions of all steps.
template <class T>
void solve_backwards(const LanePlan<T>& plan, LaneBlock<T>& block, const LaneHistory<T>& history);

}  // namespace protolith::elastic
