// From the keys of `reconstruct` to a validated annealing problem.
#pragma once

#include "anneal/problem.hpp"
#include "settings/reconstruct.hpp"

namespace protolith::jobs {

/// The annealing's settings that the keys describe; presets resolved, ranges of 0 set to what `images` and the
/// reconstruction allow.
anneal::Settings annealing_settings(const ReconstructSettings& keys, const std::vector<PhaseVolume>& images);

/// The curves that the images set, averaged; measured as [target] says.
/// @throws InputError for a descriptor that the boundary does not define
anneal::Target annealing_target(const ReconstructSettings& keys, const anneal::Settings& settings,
                                const std::vector<PhaseVolume>& images);

}  // namespace protolith::jobs
