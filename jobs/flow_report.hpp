// What `protolith flow` leaves behind: result.h5, the table of permeabilities, figures and report.html.
#pragma once

#include "flow_case.hpp"
#include "run/run.hpp"

namespace protolith::jobs {

struct FlowResults {
    const std::vector<Rock>& rocks;
    const std::vector<PoreFacts>& facts;
    const std::vector<FlowCase>& cases;
    std::vector<FlowOutcome> outcomes;

    std::size_t converged() const;
};

/// Writes result.h5. Collective.
void write_flow_result(run::Run& run, const FlowSettings& keys, const FlowResults& results);
/// Figures, flows.csv and report.html. Collective.
void report_flow(run::Run& run, const FlowSettings& keys, const FlowResults& results);

}  // namespace protolith::jobs
