// Fully penetrable disks (2-D) or spheres (3-D): a Poisson number of equal balls with independent uniform centres
// (Torquato 2002, §5.1.3).
#pragma once

#include "simulate/known_statistics.hpp"
#include "volume/volume.hpp"

#include <cstdint>

namespace protolith::simulate {

enum class DiskPhase { outside, inside };

struct DisksSettings {
    Extent extent{1, 512, 512};            ///< one plane: disks; more: spheres
    double radius = 8;                     ///< pixels
    double density = 3.45e-3;              ///< expected centres per pixel
    DiskPhase phase = DiskPhase::outside;  ///< which side is 1
    bool periodic = true;                  ///< opposite sides join; otherwise disks centred outside reach in
};

/// Density at which the chosen phase has the expected fraction φ: −ln φ / V outside, −ln(1 − φ) / V inside.
/// @throws InputError unless 0 < φ < 1 and radius > 0
double disk_density(double phase_fraction, double radius, int dimensions, DiskPhase phase);

/// @throws InputError naming the setting, its value and what was expected
void validate(const DisksSettings& settings);

/// Image `item`: a pixel is covered if its centre is no farther than the radius from a disk's centre. Because the law
/// of the process does not change by shifts, φ and S2 of the pixels have exactly the continuum's expectations.
PhaseVolume overlapping_disks(const DisksSettings& settings, std::uint64_t seed, std::uint32_t item);

/// Outside: S2 = exp(−ρ V∪(r)), L = exp(−ρ(πR² + 2Rr)) (3-D: V + πR²r), P(δ), mean chord 1/(2Rρ) (3-D: 1/(πR²ρ)).
/// Inside: S2 = 1 − 2φ_out + S2_out.
KnownStatistics known_statistics(const DisksSettings& settings);

}  // namespace protolith::simulate
