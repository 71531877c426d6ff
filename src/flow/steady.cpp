#include "flow/steady.hpp"

#include "base/timer.hpp"
#include "flow/permeability.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace protolith::flow {
namespace {

// The flux that counts: along the force, or along the pressure drop.
double flux(const Settings& settings, const Totals& totals) {
    if (settings.ends != Ends::periodic) return totals.momentum[static_cast<std::size_t>(settings.end_axis)];
    double along = 0, square = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        along += settings.force[i] * totals.momentum[i];
        square += settings.force[i] * settings.force[i];
    }
    return along / std::sqrt(square);
}

// Time in which a pressure that differs over the volume evens out, (L/2π)²/D between repeating ends, (L/π)²/D between
// pressures. D = k·c_s²/(φν) is that of a compressible fluid in pores: with k = νU/G it is c_s²·u/G, u the mean speed
// in pores. It exceeds the viscous time by far where pores are narrow and the volume is long.
double pressure_time(const Settings& settings, const Sites& sites, double flux) {
    const bool repeats = settings.ends == Ends::periodic;
    const auto drive = driving_gradient(settings, sites.volume);
    const double gradient = std::hypot(drive[0], drive[1], drive[2]);
    const std::array<std::size_t, 3> length{sites.volume.x, sites.volume.y, sites.volume.z};
    double reach = 0;  // of the slowest mode along the drive
    for (std::size_t i = 0; i < 3; ++i)
        if (drive[i] != 0) reach = std::max(reach, static_cast<double>(length[i]));
    reach /= (repeats ? 2 : 1) * std::numbers::pi;
    const double speed = std::abs(flux) / static_cast<double>(sites.volume_sites);
    return speed > 0 ? reach * reach * gradient / (sound_squared * speed) : std::numeric_limits<double>::infinity();
}

}  // namespace

Diverged::Diverged(std::uint64_t steps, double mach, double limit)
    : Error(fmt::format("the flow diverged by step {}: Mach number {:.3g}, expected at most {}; a smaller force or "
                        "pressure drop, or a relaxation time nearer to 1, keeps it slow",
                        steps, mach, limit)),
      steps_(steps) {}

void require_slow(std::uint64_t steps, const Totals& totals, double max_mach) {
    if (!(totals.mach() <= max_mach)) throw Diverged(steps, totals.mach(), max_mach);
}

template <class T>
double viscous_time(const Solver<T>& solver) {
    const Sites& sites = solver.sites();
    // Faces of the pores: links along an axis that come back to their own site.
    const Addresses addresses(sites);
    double faces = 0;
    for (std::size_t n = 0; n < sites.voxel.size(); ++n) {
        if (sites.voxel[n] == Sites::no_voxel) continue;
        for (int q = 1; q < 7; ++q)
            faces += addresses(n, q) == static_cast<std::int32_t>(static_cast<std::size_t>(q) * sites.stride + n);
    }
    faces = solver.comm().sum(faces);
    const double pores = static_cast<double>(sites.volume_sites);
    const double longest = static_cast<double>(std::max({sites.volume.x, sites.volume.y, sites.volume.z}));
    const double width = faces > 0 ? std::min(2 * pores / faces, longest) : longest;
    return width * width / viscosity(solver.settings().relaxation_time);
}

template <class T>
SteadyResult run_until_steady(Solver<T>& solver, const SteadyCriteria& criteria,
                              const std::function<bool(const Look&)>& look) {
    require_input(criteria.tolerance > 0, "tolerance = {}; expected a number above 0", criteria.tolerance);
    SteadyResult result;
    const double viscous = criteria.viscous_time > 0 ? criteria.viscous_time : viscous_time(solver);
    const auto quarter = static_cast<std::uint64_t>(std::clamp(viscous / 4, 20.0, 500.0));
    const std::uint64_t interval = (criteria.interval > 0 ? criteria.interval : quarter) / 2 * 2 + 2;
    const std::uint64_t first_step = solver.steps();
    double before = flux(solver.settings(), solver.totals());
    while (true) {
        const Clock clock;
        solver.advance(interval / 2);
        result.seconds += clock.seconds();
        Look& now = result.last;
        now.steps = solver.steps();
        now.totals = solver.totals();
        require_slow(now.steps, now.totals, criteria.max_mach);
        const double after = flux(solver.settings(), now.totals);
        result.characteristic_time = std::max(viscous, pressure_time(solver.settings(), solver.sites(), after));
        now.change = after != 0 ? std::abs(after - before) / std::abs(after) * result.characteristic_time /
                                      static_cast<double>(interval)
                                : std::numeric_limits<double>::infinity();
        before = after;
        result.converged = now.change < criteria.tolerance;
        result.stopped = look && look(now);
        if (result.converged || result.stopped || now.steps >= criteria.max_steps) break;
    }
    result.seconds = solver.comm().max(result.seconds);
    result.mlups = 1e-6 * static_cast<double>(solver.sites().volume_sites) *
                   static_cast<double>(solver.steps() - first_step) / result.seconds;
    return result;
}

template double viscous_time(const Solver<double>&);
template double viscous_time(const Solver<float>&);
template SteadyResult run_until_steady(Solver<double>&, const SteadyCriteria&, const std::function<bool(const Look&)>&);
template SteadyResult run_until_steady(Solver<float>&, const SteadyCriteria&, const std::function<bool(const Look&)>&);

}  // namespace protolith::flow
