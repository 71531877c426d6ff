// What a reconstruction must agree with: the phase fraction and one curve per term.
#pragma once

#include "anneal/settings.hpp"
#include "anneal/term.hpp"

#include <memory>
#include <span>
#include <vector>

namespace protolith::anneal {

struct Target {
    double phase_fraction = 0;  ///< of the image to be drawn
    std::vector<std::vector<double>>
        curves;  ///< by term of Settings::terms: f_r, r = 0, 1, … (pixels), at least to its range
};

/// The target that some periodic images set, by the terms' own counts, averaged. In space, planar images set the target
/// of every direction.
Target measure_target(std::span<const PhaseVolume> images, const Settings& settings);

/// Refuses a target that no volume of the settings' extent can meet, naming both numbers; before the first trial.
void validate(const Target& target, const Settings& settings);

/// Voxels of the phase in a volume of this extent.
std::size_t phase_voxels(const Target& target, const Extent& extent);

/// The target of a level of the multigrid: every 2^k-th lag (a volume thinned to every 2^k-th voxel has exactly this
/// S2).
Target coarsened(const Target& target, const Settings& settings, std::uint32_t level);

/// The term, its curve cut to the range that the extent allows; weight times its energy.
std::unique_ptr<Term> make_term(const TermSettings& term, const Extent& extent, std::size_t range,
                                const std::vector<double>& curve);

}  // namespace protolith::anneal
