// The inverse temperatures of a ladder and their adaptation (Syed, Bouchard-Côté, Deligiannidis & Doucet 2022, J. R.
// Stat. Soc. B 84, 321): levels are moved until neighbours reject swaps alike. A step per level goes with them.
#pragma once

#include "sampling/settings.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace protolith::sampling {

/// What the levels of every ladder have in common.
struct Ladder {
    std::vector<double> beta;  ///< rising, 0 … 1; {1} without tempering
    std::vector<double> step;  ///< s of each level
};

/// As the settings begin.
Ladder first_ladder(const Settings& settings);

/// Moves the inner levels so that the rejection between neighbours, interpolated linearly in β, becomes equal. Steps
/// are interpolated in β. `rejection`: mean rejection probability between level k and k + 1.
void equalise(Ladder& ladder, std::span<const double> rejection);

/// Whether a round of the burn-in ends with this sweep (counted from 0): rounds of doubling length fill its first half.
bool ends_round(const Settings& settings, std::uint64_t sweep);

/// Whether the ladder is moved after this sweep (counted from 0): at the ends of rounds.
bool moves_after(const Settings& settings, std::uint64_t sweep);

/// One stochastic-approximation move (Robbins & Monro 1951) of a level's step after `sweep`, given the mean acceptance
/// probability of the level in it. Its gain falls since the ladder was last moved
/// or proposals got another covariance.
double adapted_step(const Settings& settings, double step, double acceptance, std::uint64_t sweep);

}  // namespace protolith::sampling
