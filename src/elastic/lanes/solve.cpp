#include "elastic/lanes/solve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace protolith::elastic {
namespace {

/// ρ below which a lane stands still, and what ρ is measured by.
template <class T>
struct Limits {
    LaneNumbers<T> scale, still;

    Limits(const LaneNumbers<T>& rho, double pixels, double tolerance, ErrorScale by) {
        const double relative = std::max(tolerance, static_cast<double>(std::numeric_limits<T>::epsilon()));
        for (std::size_t l = 0; l < fft::lanes<T>; ++l) {
            scale[l] = by == ErrorScale::applied_strain ? static_cast<T>(pixels) : rho[l];
            still[l] = static_cast<T>(relative * relative) * scale[l];
        }
    }
    bool moves(const LaneNumbers<T>& rho, std::size_t l) const noexcept { return rho[l] > still[l]; }
    bool any_moves(const LaneNumbers<T>& rho) const noexcept {
        for (std::size_t l = 0; l < fft::lanes<T>; ++l)
            if (moves(rho, l)) return true;
        return false;
    }
    /// NaNs count as nothing: they are their image's own affair.
    double worst(const LaneNumbers<T>& rho) const noexcept {
        double residual = 0;
        for (std::size_t l = 0; l < fft::lanes<T>; ++l)
            if (rho[l] > 0) residual = std::max(residual, std::sqrt(static_cast<double>(rho[l] / scale[l])));
        return residual;
    }
};

}  // namespace

template <class T>
LaneHistory<T> solve(const LanePlan<T>& plan, LaneBlock<T>& block, const SolverControl& control, ErrorScale scale) {
    const bool by_tolerance = control.tolerance > 0;
    const std::size_t most = by_tolerance ? control.max_steps : control.steps;
    run(Pass::start_columns, plan, block, 0);
    LaneNumbers<T> rho = block.sum;
    const Limits<T> limits(rho, static_cast<double>(plan.rows * plan.columns), control.tolerance, scale);
    LaneHistory<T> history;
    for (std::size_t k = 0;; ++k) {
        history.residual = limits.worst(rho);
        LaneStep<T> step;
        step.rho = rho;
        for (std::size_t l = 0; l < fft::lanes<T>; ++l) {
            if (!limits.moves(rho, l)) continue;
            step.inverse_rho[l] = 1 / rho[l];
            if (k > 0) step.beta[l] = rho[l] * history.steps[k - 1].inverse_rho[l];
        }
        block.beta = step.beta;
        const bool last = k + 1 >= most;
        run(last ? Pass::last_step : Pass::step, plan, block, k);
        for (std::size_t l = 0; l < fft::lanes<T>; ++l) {
            if (!limits.moves(rho, l)) continue;
            step.inverse_energy[l] = 1 / block.sum[l];
            step.alpha[l] = rho[l] * step.inverse_energy[l];
        }
        block.alpha = step.alpha;
        if (block.keeps_all_directions) block.alphas[k] = step.alpha;
        history.steps.push_back(step);
        if (last) return history;
        run(!by_tolerance && k + 2 == most ? Pass::last_columns : Pass::update_columns, plan, block, k);
        rho = block.sum;
        if (by_tolerance && !limits.any_moves(rho)) {
            history.residual = limits.worst(rho);
            return history;
        }
    }
}

template <class T>
void solve_backwards(const LanePlan<T>& plan, LaneBlock<T>& block, const LaneHistory<T>& history) {
    const std::size_t count = history.steps.size();
    LaneNumbers<T> by_alpha = block.sum;  // ᾱ; the adjoint residual is still zero
    LaneNumbers<T> by_later_beta;         // what ρ̄ owes to β of the later step
    for (std::size_t k = count; k-- > 0;) {
        const bool first = k + 1 == count;
        const LaneStep<T>& step = history.steps[k];
        for (std::size_t l = 0; l < fft::lanes<T>; ++l) {
            block.factor[l] = -by_alpha[l] * step.alpha[l] * step.inverse_energy[l];
            block.third_factor[l] = first ? T(0) : history.steps[k + 1].beta[l];
        }
        block.second_factor = step.alpha;
        run(first ? Pass::first_step_back : Pass::step_back, plan, block, k);
        LaneNumbers<T> earlier;
        for (std::size_t l = 0; l < fft::lanes<T>; ++l) {
            const T inverse = k > 0 ? history.steps[k - 1].inverse_rho[l] : T(0);
            const T by_beta = block.sum[l] * inverse;
            const T by_rho = by_alpha[l] * step.inverse_energy[l] + by_beta - by_later_beta[l];
            block.factor[l] = 2 * by_rho;
            earlier[l] = by_beta * step.rho[l] * inverse;
        }
        by_later_beta = earlier;
        block.third_factor = step.beta;
        run(Pass::precondition, plan, block, k);
        run(first ? Pass::first_residual_back : Pass::residual_back, plan, block, k);
        for (std::size_t l = 0; l < fft::lanes<T>; ++l) by_alpha[l] = block.sum[l] - block.second_sum[l];
    }
}

template LaneHistory<float> solve(const LanePlan<float>&, LaneBlock<float>&, const SolverControl&, ErrorScale);
template LaneHistory<double> solve(const LanePlan<double>&, LaneBlock<double>&, const SolverControl&, ErrorScale);
template void solve_backwards(const LanePlan<float>&, LaneBlock<float>&, const LaneHistory<float>&);
template void solve_backwards(const LanePlan<double>&, LaneBlock<double>&, const LaneHistory<double>&);

}  // namespace protolith::elastic
