// Compiled once per SIMD target by foreach_target; the choice among them is made once per stage.
// AVX-512 with VNNI is asked for: its byte products are what blocks of trials consist of.
#ifndef HWY_WANT_AVX3_DL
#define HWY_WANT_AVX3_DL
#endif
#include "anneal/stage.hpp"

#include <algorithm>
#include <bit>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "anneal/stage.cpp"
#include "hwy/foreach_target.h"
// After foreach_target: the texts below change with the target.
#include "anneal/block_trials-inl.hpp"
#include "anneal/trial_loop-inl.hpp"
#include "anneal/two_point_kernel-inl.hpp"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace protolith::anneal {
namespace HWY_NAMESPACE {

/// Trials between two choices of single trials or blocks.
inline constexpr std::uint64_t kTrialsPerChoice = 4096;

template <int kLines>
struct TwoPointEnergy {
    using Cost = std::int64_t;
    TwoPoint& state;
    View<kLines> view{state};
    HWY_INLINE Cost propose(const Swap& swap) { return evaluate(state, view, swap); }
    HWY_INLINE void accept(const Swap& swap) {
        HWY_NAMESPACE::propose(state, view, swap);  // for the changes of the counts
        HWY_NAMESPACE::accept(state, swap);
    }
};

struct TermsEnergy {
    using Cost = double;
    std::span<const std::unique_ptr<Term>> terms;
    Cost propose(const Swap& swap) {
        double cost = 0;
        for (const auto& term : terms) cost += term->propose(swap);
        return cost;
    }
    void accept(const Swap&) {
        for (const auto& term : terms) term->accept();
    }
};

template <int kLines>
StageResult run_two_point(TwoPoint& state, Candidates& candidates, RandomStream& stream, const StageOrder& order) {
    WordStream random(stream);
    TwoPointEnergy<kLines> energy{state};
    BlockTrials<kLines> blocks(state, energy.view, candidates, random);
    StageResult result;
    std::int64_t gain = 0;
    const auto descent = static_cast<std::int64_t>((order.energy_threshold - order.energy) / state.unit());
    const double temperature = order.temperature / state.unit();
    double acceptance = order.expected_acceptance;
    bool in_blocks = false;
    while (result.trials < order.trials && gain >= descent) {
        const StageResult before = result;
        const std::uint64_t trials = std::min(kTrialsPerChoice, order.trials - result.trials);
        const bool begin = !in_blocks;
        in_blocks = state.narrow && acceptance < order.block_acceptance;
        if (in_blocks) {
            if (begin) blocks.begin();
            blocks.run(trials, temperature, descent, gain, result);
        } else {
            single_trials(energy, candidates, random, trials, temperature, descent, gain, result);
        }
        acceptance =
            static_cast<double>(result.accepted - before.accepted) / static_cast<double>(result.trials - before.trials);
    }
    result.energy = order.energy + static_cast<double>(gain) * state.unit();
    return result;
}

StageResult two_point_stage(TwoPoint& state, Candidates& candidates, RandomStream& random, const StageOrder& order) {
    if (state.rows_and_columns()) return run_two_point<kPlane>(state, candidates, random, order);
    return run_two_point<kGeneral>(state, candidates, random, order);
}

StageResult terms_stage(std::span<const std::unique_ptr<Term>> terms, Candidates& candidates, RandomStream& stream,
                        const StageOrder& order) {
    WordStream random(stream);
    TermsEnergy energy{terms};
    StageResult result;
    double gain = 0;
    const double descent = order.energy_threshold - order.energy;
    if (gain >= descent)
        single_trials(energy, candidates, random, order.trials, order.temperature, descent, gain, result);
    result.energy = order.energy + gain;
    return result;
}

std::int64_t propose_any(TwoPoint& state, const Swap& swap) { return propose(state, View<kGeneral>(state), swap); }
void accept_any(TwoPoint& state, const Swap& swap) { accept(state, swap); }

void count_line_pairs(const Lines& lines, std::span<std::int64_t> counts) {
    const std::size_t whole = lines.length() / 64, rest = lines.length() % 64;
    const std::uint64_t rest_mask = (std::uint64_t{1} << rest) - 1;
    for (std::size_t line = 0; line < lines.count(); ++line) {
        const std::uint64_t* const words = lines.words_ahead() + line * lines.stride();
        for (std::size_t r = 1; r < counts.size(); ++r) {
            const Window shifted{words + r / 64, static_cast<unsigned>(r % 64)};
            std::int64_t pairs = 0;
            for (std::size_t w = 0; w < whole; ++w) pairs += std::popcount(words[w] & shifted.block(w));
            if (rest != 0) pairs += std::popcount(words[whole] & shifted.block(whole) & rest_mask);
            counts[r] += pairs;
        }
    }
}

// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace HWY_NAMESPACE
}  // namespace protolith::anneal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::anneal {

HWY_EXPORT(two_point_stage);
HWY_EXPORT(terms_stage);
HWY_EXPORT(propose_any);
HWY_EXPORT(accept_any);
HWY_EXPORT(count_line_pairs);

StageResult run_stage(TwoPoint& energy, Candidates& candidates, RandomStream& random, const StageOrder& order) {
    return HWY_DYNAMIC_DISPATCH(two_point_stage)(energy, candidates, random, order);
}
StageResult run_stage(std::span<const std::unique_ptr<Term>> terms, Candidates& candidates, RandomStream& random,
                      const StageOrder& order) {
    return HWY_DYNAMIC_DISPATCH(terms_stage)(terms, candidates, random, order);
}
std::int64_t two_point_propose(TwoPoint& state, const Swap& swap) {
    return HWY_DYNAMIC_DISPATCH(propose_any)(state, swap);
}
void two_point_accept(TwoPoint& state, const Swap& swap) { HWY_DYNAMIC_DISPATCH(accept_any)(state, swap); }
void count_pairs(const Lines& lines, std::span<std::int64_t> counts) {
    HWY_DYNAMIC_DISPATCH(count_line_pairs)(lines, counts);
}

}  // namespace protolith::anneal
#endif
