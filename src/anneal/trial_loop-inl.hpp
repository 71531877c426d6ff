// The trial loop, the same for every energy: choose a voxel of each phase, propose the swap, decide by Metropolis'
// rule.
#include "anneal/metropolis.hpp"
#include "anneal/stage.hpp"
#include "anneal/word_stream-inl.hpp"
#include "hwy/highway.h"

#include <bit>

#if defined(PROTOLITH_ANNEAL_TRIAL_LOOP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_ANNEAL_TRIAL_LOOP_INL
#undef PROTOLITH_ANNEAL_TRIAL_LOOP_INL
#else
#define PROTOLITH_ANNEAL_TRIAL_LOOP_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace protolith::anneal {
namespace HWY_NAMESPACE {

/// One random word chooses a voxel of each phase.
HWY_INLINE Swap choose(const Candidates& candidates, std::uint64_t word) {
    const auto in_phase = candidates.list(1), outside = candidates.list(0);
    return {in_phase[((word & 0xffffffffu) * in_phase.size()) >> 32], outside[((word >> 32) * outside.size()) >> 32]};
}

/// Metropolis' rule for an increase of the energy; draws one word.
HWY_INLINE bool accepts(double increase, double temperature, WordStream& random) {
    const std::uint64_t word = random.bits();
    // u ≥ 2^-(zeros + 1), so −ln u is at most (zeros + 1) ln 2: most draws need no logarithm.
    if (increase > temperature * 0.6931471805599454 * (std::countl_zero(word) + 1)) return false;
    return increase <= temperature * exponential_variate(word);
}

/// Single trials until `trials` are done or the energy has fallen by more than `descent`. Energy has the type Cost of
/// an energy change, propose(swap) and accept(swap); temperature and descent are in units of Cost.
template <class Energy>
HWY_INLINE void single_trials(Energy& energy, Candidates& candidates, WordStream& random, std::uint64_t trials,
                              double temperature, typename Energy::Cost descent, typename Energy::Cost& gain,
                              StageResult& result) {
    const double refused = largest_exponent * temperature;
    for (std::uint64_t t = 0; t < trials; ++t) {
        const Swap swap = choose(candidates, random.bits());
        const typename Energy::Cost cost = energy.propose(swap);
        if (HWY_LIKELY(cost > 0)) {
            const auto increase = static_cast<double>(cost);
            if (increase > refused || !accepts(increase, temperature, random)) continue;
        }
        energy.accept(swap);
        candidates.swap(swap);
        gain += cost;
        ++result.accepted;
        if (gain < descent) {
            result.trials += t + 1;
            return;
        }
    }
    result.trials += trials;
}

// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace HWY_NAMESPACE
}  // namespace protolith::anneal
HWY_AFTER_NAMESPACE();
#endif
