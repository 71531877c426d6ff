// Report of a batch of reconstructions: target and results side by side, with every descriptor of both.
#pragma once

#include "reconstruction_result.hpp"
#include "settings/reconstruct.hpp"

namespace protolith::jobs {

/// Collective.
void report_reconstruction(run::Run& run, const ReconstructSettings& keys, const anneal::Problem& problem,
                           const std::vector<PhaseVolume>& target, const ReconstructionResult& result);

}  // namespace protolith::jobs
