// One stage of trials at one temperature, the whole stage in one SIMD target.
#pragma once

#include "anneal/candidates.hpp"
#include "anneal/term.hpp"
#include "anneal/two_point.hpp"
#include "base/random.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace protolith::anneal {

/// What a stage is to do.
struct StageOrder {
    std::uint64_t trials = 0;
    double temperature = 0;          ///< in units of the energy
    double energy = 0;               ///< at the start
    double energy_threshold = 0;     ///< the stage ends once the energy is below
    double block_acceptance = 0;     ///< below this share of accepted trials, blocks of candidates (S2 alone); 0: never
    double expected_acceptance = 1;  ///< of the stage before
};

/// What came of it.
struct StageResult {
    std::uint64_t trials = 0, accepted = 0;
    double energy = 0;  ///< at the end, kept swap by swap
};

/// Trials on one unweighted two-point energy: the fast path.
StageResult run_stage(TwoPoint& energy, Candidates& candidates, RandomStream& random, const StageOrder& order);
/// Trials on any sum of terms.
StageResult run_stage(std::span<const std::unique_ptr<Term>> terms, Candidates& candidates, RandomStream& random,
                      const StageOrder& order);

}  // namespace protolith::anneal
