// What a flow will need: memory and hours, from a short measurement on this machine.
#pragma once

#include "flow_case.hpp"
#include "run/run.hpp"

namespace protolith::jobs {

/// Updates of pore voxels a second and bytes of a pore voxel, of one rank while all compute.
struct MeasuredRate {
    double updates = 0, bytes = 0;
};

/// Computes a few steps in a corner of the rock, of at most 64³ voxels, every rank by itself. Collective.
MeasuredRate measure_rate(const Communicator& comm, const FlowSettings& keys, const Rock& rock, const FlowCase& flow);

/// How a rock is divided over the planned ranks of a group: blocks, pore voxels, halo. Collective.
std::string planned_blocks(const run::Run& run, const FlowSettings& keys, const Rock& rock, const PoreFacts& facts);

/// The plan; memory of the largest rock on keys.planned_ranks (or those that run). `rate`: for --check.
run::Plan plan_flow(const run::Run& run, const FlowSettings& keys, const std::vector<Rock>& rocks,
                    const std::vector<PoreFacts>& facts, const std::vector<FlowCase>& cases, const MeasuredRate* rate,
                    const std::string& blocks);

}  // namespace protolith::jobs
