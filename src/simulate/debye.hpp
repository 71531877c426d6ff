// Debye random medium: the cells of isotropic Poisson lines (2-D) or planes (3-D), each in the phase with probability
// φ, independently (Debye, Anderson & Brumberger 1957, J. Appl. Phys. 28, 679; Stoyan, Kendall & Mecke 1995).
#pragma once

#include "simulate/known_statistics.hpp"
#include "volume/volume.hpp"

#include <cstdint>

namespace protolith::simulate {

struct DebyeSettings {
    Extent extent{1, 512, 512};
    double correlation_length = 10;  ///< a in pixels: lines cross a segment of length r with probability 1 − e^{−r/a}
    double phase_fraction = 0.5;     ///< φ
};

/// @throws InputError naming the setting, its value and what was expected
void validate(const DebyeSettings& settings);

/// Image `item`; not periodic. Pixels are points at their centres, so φ and S2 have exactly the continuum's
/// expectations.
PhaseVolume debye_medium(const DebyeSettings& settings, std::uint64_t seed, std::uint32_t item);

/// S2 = φ² + φ(1 − φ)e^{−r/a}, L = φe^{−(1−φ)r/a}, mean chord a/(1 − φ).
KnownStatistics known_statistics(const DebyeSettings& settings);

}  // namespace protolith::simulate
