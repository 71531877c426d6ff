// Running until the flow is steady: relative change of the mean flux per characteristic time. That is the longer of
// two: of viscosity across the pores, and of pressure along the volume. What is still to come is then about the last
// change.
#pragma once

#include "flow/solver.hpp"

#include <functional>

namespace protolith::flow {

struct SteadyCriteria {
    double tolerance = 1e-6;  ///< relative change of the flux per characteristic time
    std::uint64_t max_steps = 1'000'000;
    /// Of viscosity across the pores, steps; 0: viscous_time().
    double viscous_time = 0;
    /// Steps between two looks; 0: a quarter of the viscous time, 20 to 500.
    std::uint64_t interval = 0;
    double max_mach = 0.1;
};

/// The flow at one look.
struct Look {
    std::uint64_t steps = 0;
    Totals totals;
    double change = 0;  ///< relative change of the flux per characteristic time; infinite at the first look
};

struct SteadyResult {
    bool converged = false;
    bool stopped = false;  ///< the observer asked for it
    Look last;
    double characteristic_time = 0;  ///< steps
    double seconds = 0;              ///< of updating, without looks
    double mlups = 0;                ///< million updates of pore voxels a second, all ranks
};

/// The flow has become faster than lattice Boltzmann allows, or is not a number: exit code 1.
class Diverged : public Error {
  public:
    Diverged(std::uint64_t steps, double mach, double limit);
    std::uint64_t steps() const noexcept { return steps_; }

  private:
    std::uint64_t steps_;
};

/// H²/ν of the mean width of the pores, H = 2·volume/surface (a channel's width), τ as set; steps. Collective.
template <class T>
double viscous_time(const Solver<T>& solver);

/// Runs until steady, out of steps, or `look` returns true (stop). `look` sees every look on every rank and must
/// return the same on all. Diverged if the Mach number exceeds its limit. Collective.
template <class T>
SteadyResult run_until_steady(Solver<T>& solver, const SteadyCriteria& criteria,
                              const std::function<bool(const Look&)>& look = {});

/// Throws Diverged unless the fastest site is a number below the limit.
void require_slow(std::uint64_t steps, const Totals& totals, double max_mach);

extern template double viscous_time(const Solver<double>&);
extern template double viscous_time(const Solver<float>&);
extern template SteadyResult run_until_steady(Solver<double>&, const SteadyCriteria&,
                                              const std::function<bool(const Look&)>&);
extern template SteadyResult run_until_steady(Solver<float>&, const SteadyCriteria&,
                                              const std::function<bool(const Look&)>&);

}  // namespace protolith::flow
