#include "flow_plan.hpp"

#include "base/progress.hpp"
#include "flow/solver.hpp"
#include "flow_work.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace protolith::jobs {

namespace {

template <class T>
MeasuredRate rate_of(const Communicator& comm, const Rock& rock, const Extent& corner, const flow::Settings& settings) {
    const Communicator alone = Communicator::split(comm, comm.rank());
    flow::Solver<T> solver(alone, flow::decompose(alone, corner, rock.read), rock.read, settings);
    const auto sites = static_cast<double>(solver.sites().volume_sites);
    const auto pairs = static_cast<std::size_t>(std::max(2.0, 4e6 / sites));
    solver.advance(pairs / 4 + 1);
    comm.barrier();
    const Clock clock;
    solver.advance(pairs);
    const double seconds = comm.max(clock.seconds());
    return {2 * static_cast<double>(pairs) * sites / seconds, static_cast<double>(solver.bytes()) / sites};
}

/// Steps until steady: ln(1/tolerance) decays of the slower of two: viscosity in a channel as wide as three times the
/// mean width, and pressure along the volume (flow/steady.cpp) with the permeability of channels of the mean width and
/// tortuosity √2, φ·w²/24.
double expected_steps(const FlowSettings& keys, const Rock& rock, const PoreFacts& facts, const FlowCase& flow) {
    constexpr double pi = std::numbers::pi;
    const double viscosity = flow::viscosity(flow.settings.relaxation_time), square = facts.width * facts.width;
    const std::array<std::size_t, 3> voxels{rock.sample.x, rock.sample.y, rock.sample.z};
    const double reach = static_cast<double>(voxels[static_cast<std::size_t>(flow.axis)]) / (2 * pi);
    const double viscous = 9 * square / viscosity / (pi * pi),
                 pressure = reach * reach * viscosity / (flow::sound_squared * square / 24);
    const double steps = std::max(viscous, pressure) * std::log(1 / keys.convergence.tolerance);
    return std::min(std::max(steps, 100.0), static_cast<double>(keys.convergence.max_steps));
}

}  // namespace

MeasuredRate measure_rate(const Communicator& comm, const FlowSettings& keys, const Rock& rock, const FlowCase& flow) {
    constexpr std::size_t most = 64;
    const Extent corner{std::min(rock.extent.z, most), std::min(rock.extent.y, most), std::min(rock.extent.x, most)};
    return keys.lattice.precision == LatticeKeys::Precision::float64
               ? rate_of<double>(comm, rock, corner, flow.settings)
               : rate_of<float>(comm, rock, corner, flow.settings);
}

std::string planned_blocks(const run::Run& run, const FlowSettings& keys, const Rock& rock, const PoreFacts& facts) {
    const auto& comm = run.context.comm;
    const int ranks = keys.planned_ranks > 0 ? static_cast<int>(keys.planned_ranks) : comm.size();
    const int parts = std::max(1, ranks / static_cast<int>(keys.groups));
    if (rock.sample == rock.extent || parts <= comm.size())
        return to_string(flow::decompose(comm, rock.extent, rock.read, parts));
    // A rock that repeats need not be read as a whole: every block has its share.
    const BlockGrid grid(rock.extent, parts);
    const Extent& e = grid.block(0).extent;
    const std::array<std::array<std::size_t, 2>, 3> sides{
        {{e.z, rock.extent.z}, {e.y, rock.extent.y}, {e.x, rock.extent.x}}};
    double inner = 1;
    for (const auto& [side, all] : sides) inner *= side == all ? 1 : std::max(0.0, 1 - 2 / static_cast<double>(side));
    return fmt::format("about {} of {} pore voxels each, {:.2g} % of them in the halo", parts, si(facts.pores / parts),
                       100 * (1 - inner));
}

run::Plan plan_flow(const run::Run& run, const FlowSettings& keys, const std::vector<Rock>& rocks,
                    const std::vector<PoreFacts>& facts, const std::vector<FlowCase>& cases, const MeasuredRate* rate,
                    const std::string& blocks) {
    const auto ranks = static_cast<double>(keys.planned_ranks > 0 ? keys.planned_ranks : run.context.comm.size());
    const double a_flow = std::max(1.0, ranks / static_cast<double>(keys.groups));
    run::Plan plan;
    double pores = 0, voxels = 0, updates = 0, most_updates = 0;
    for (std::size_t i = 0; i < rocks.size(); ++i) {
        plan.add("rock", fmt::format("{}: {}, porosity {:.4f}, connected {:.4f}, mean pore width {:.3g} voxels",
                                     rocks[i].name, to_string(rocks[i].extent), facts[i].porosity,
                                     facts[i].connected_porosity, facts[i].width));
        pores = std::max(pores, facts[i].pores);
        voxels = std::max(voxels, static_cast<double>(rocks[i].extent.count()));
    }
    for (const auto& c : cases) {
        updates += facts[c.rock].pores * expected_steps(keys, rocks[c.rock], facts[c.rock], c);
        most_updates += facts[c.rock].pores * static_cast<double>(keys.convergence.max_steps);
    }
    for (const auto& c : cases)
        if (c.pressure > 0)
            plan.add("gas", fmt::format("{}: mean free path {:.3g} m, Kn {:.3g} in the mean, at most {:.3g}", c.label,
                                        c.free_path, c.knudsen, c.largest_knudsen));
    plan.add("blocks", blocks);
    plan.add("flows", fmt::format("{} by {} group{} of {:.0f} rank{}", cases.size(), keys.groups,
                                  keys.groups == 1 ? "" : "s", a_flow, a_flow > 1 ? "s" : ""));
    plan.add("lattice", fmt::format("D3Q19, {}, τ {:.4g}, Λ {:.4g}", name(keys.lattice.collision),
                                    cases.front().settings.relaxation_time, cases.front().settings.magic));
    const double bytes = rate ? rate->bytes : keys.lattice.precision == LatticeKeys::Precision::float64 ? 215 : 135;
    plan.add("pore voxels", fmt::format("{} of {}; {:.0f} bytes each", si(pores), si(voxels), bytes));
    if (rate) {
        const double together = rate->updates * ranks * 3600;  // updates an hour
        plan.add("rate", fmt::format("{:.1f} MLUPS a rank, measured here on {} rank{}", 1e-6 * rate->updates,
                                     run.context.comm.size(), run.context.comm.size() == 1 ? "" : "s"));
        plan.add("time", fmt::format("about {:.2g} hours on {:.0f} rank{}, at most {:.2g} (convergence.max_steps)",
                                     updates / together, ranks, ranks > 1 ? "s" : "", most_updates / together));
        if (keys.planned_ranks > 0)
            plan.add("memory planned",
                     fmt::format("{} a rank on {:.0f} ranks",
                                 run::readable_bytes((bytes * pores + 6 * voxels) / a_flow + 64e6), ranks));
    }
    // Populations and fields of a rank's block, slabs of voxels. Planned for other ranks than these, nothing is held.
    if (keys.planned_ranks == 0 || !rate) {
        const double here = std::max(1.0, run.context.comm.size() / static_cast<double>(keys.groups));
        plan.memory_per_rank = (1.2 * bytes * pores + 40 * voxels) / here + 64e6;
    }
    plan.files = {"result.h5",    "flows.csv",   "report.html", "slices.png", "velocities.png",
                  "summary.json", "status.json", "log.txt",     "input.toml", "streamlines.png"};
    if (keys.fluid.kind == FluidKeys::Kind::gas) plan.files.push_back("gas.csv");
    if (keys.output.fields)
        for (std::size_t k = 0; k < cases.size(); ++k) plan.files.push_back(fields_file(k));
    return plan;
}

}  // namespace protolith::jobs
