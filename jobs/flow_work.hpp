// The flows of one deck, computed by groups of ranks, with checkpoints: each group takes a run of consecutive flows,
// one after the other, all its ranks together.
#pragma once

#include "flow_case.hpp"
#include "run/run.hpp"

namespace protolith::jobs {

/// Computes all flows (`sizes`: what FlowCase::sizes counts), or stops with a checkpoint (StoppedEarly). The outcomes,
/// in order, on every rank. A run that is resumed on as many ranks goes on bit for bit; on others the flows at hand
/// begin anew. Collective.
std::vector<FlowOutcome> compute_flows(run::Run& run, const FlowSettings& keys, const std::vector<Rock>& rocks,
                                       const std::vector<FlowCase>& cases, const std::vector<PoreSizes>& sizes);

/// "fields_03.h5".
std::string fields_file(std::size_t flow);

}  // namespace protolith::jobs
