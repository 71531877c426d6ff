// protolith flow: permeability of a pore space by lattice Boltzmann flow, for liquids and for gases that slip.
#include "flow/kokkos_scope.hpp"
#include "flow_plan.hpp"
#include "flow_report.hpp"
#include "flow_work.hpp"
#include "jobs.hpp"

#include <cmath>

namespace protolith::jobs {

namespace {

void add_summary(const FlowResults& r, run::Summary& summary) {
    const std::size_t n = r.cases.size();
    for (std::size_t k = 0; k < n; ++k) {
        const auto& c = r.cases[k];
        const double value = r.outcomes[k].permeability[static_cast<std::size_t>(c.axis)];
        const std::string of = n > 1 ? fmt::format(" of flow {} ({})", k, c.label) : "";
        summary.add("permeability" + of, value, "m2");
        if (c.known) summary.add("error of permeability" + of, value / *c.known - 1, "1");
    }
    summary.add("porosity", r.facts.front().porosity, "1");
    summary.add("connected porosity", r.facts.front().connected_porosity, "1");
    double best = 0;
    for (const auto& o : r.outcomes) best = std::max(best, o.mlups);
    summary.add("MLUPS, best flow", best, "1e6/s");
    summary.add("flows converged", static_cast<double>(r.converged()), fmt::format("of {}", n));
    if (r.converged() < n) summary.status = "not converged";
}

void flow_body(const FlowSettings& keys, run::Run& run) {
    const auto& comm = run.context.comm;
    const flow::KokkosScope kokkos;
    std::vector<Rock> rocks;
    std::vector<volume::Axis> axes;
    collectively(comm, [&] {
        require_input(keys.groups <= comm.size() || run.options.check, "groups = {}: more than the {} ranks that run",
                      keys.groups, comm.size());
        rocks = list_rocks(keys.rock);
        axes = drive_axes(keys.drive);
    });
    std::vector<PoreFacts> facts;
    {
        const auto timer = run.context.timers.phase("pores");
        for (const auto& rock : rocks)
            facts.push_back(measure_pores(comm, rock, run.options.check ? rock.sample : rock.extent, axes,
                                          keys.drive.sides == DriveKeys::Sides::periodic));
    }
    std::vector<PoreSizes> sizes;
    {
        const auto timer = run.context.timers.phase("pore sizes");
        sizes = list_pore_sizes(comm, keys, rocks, run.options.check, run.pause());
    }
    std::vector<FlowCase> cases;
    collectively(comm, [&] { cases = list_cases(keys, rocks, facts, sizes); });
    std::optional<MeasuredRate> rate;
    if (run.options.check) rate = measure_rate(comm, keys, rocks.front(), cases.front());
    const auto blocks = planned_blocks(run, keys, rocks.front(), facts.front());
    if (run.only_planned(plan_flow(run, keys, rocks, facts, cases, rate ? &*rate : nullptr, blocks))) return;
    auto& directory = run.open_directory();
    if (run.already_done()) return;

    FlowResults results{rocks, facts, cases, compute_flows(run, keys, rocks, cases, sizes)};
    write_flow_result(run, keys, results);
    const auto total = static_cast<double>(cases.size());
    run.interruptible([&] { report_flow(run, keys, results); }, [&] { return total; }, total);
    io::remove_checkpoints(comm, directory.checkpoint());
    run::Summary summary;
    add_summary(results, summary);
    run.finish(summary, total);
}

}  // namespace

run::Job flow() { return run::make_job("flow", "permeability of a pore space by lattice Boltzmann flow", flow_body); }

}  // namespace protolith::jobs
