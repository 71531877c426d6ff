// The 30-D bimodal case (log evidence −12.328, weight 0.3) by each proposal, one core. To reach: ten times ptemcee's
// evaluations per second (compare_ptemcee.py; 48 k/s were seen); round trips twice those of the stochastic scheme.
// "ESS" counters are the smallest bulk effective sample size over the 30 variables of the posterior's chains.
#include "../../tests/sampling/targets.hpp"
#include "sampling/diagnostics.hpp"
#include "sampling/sampler.hpp"

#include <algorithm>
#include <numeric>

#include <benchmark/benchmark.h>

namespace protolith::sampling {
namespace {

using targets::Bimodal;

const Communicator& alone() {
    static const MpiEnvironment environment(nullptr, nullptr);
    static const Communicator communicator;
    return communicator;
}

Settings tempered_settings(Proposal proposal) {
    Settings s;
    s.dimensions = Bimodal::dimensions;
    s.seed = 3;
    s.proposal = proposal;
    s.steps_per_sweep = 3;
    s.burn_in = 10'000;
    s.sweeps = 40'000;
    return s;
}

/// Sixteen chains of the posterior, as the paper ran them.
Settings plain_settings(Proposal proposal) {
    Settings s = tempered_settings(proposal);
    s.ladders = 16;
    s.temperatures = 1;
    return s;
}

void run(benchmark::State& bench, const Settings& settings) {
    for (auto _ : bench) {
        Sampler sampler(alone(), settings, Bimodal());
        const Clock burn_in;
        sampler.advance(1e9, settings.burn_in);
        const double before = burn_in.seconds(), likelihood_before = sampler.report().likelihood_seconds;
        const auto sum = [](const auto& list) {
            return static_cast<double>(std::accumulate(list.begin(), list.end(), std::uint64_t{0}));
        };
        const double evaluations_before = sum(sampler.report().evaluations);
        sampler.run(1e9, [](const Progress&) { return true; });
        const Report r = sampler.report();
        const double seconds = r.seconds - before, evaluations = sum(r.evaluations) - evaluations_before;
        double least = 1e300, right = 0;
        for (std::size_t v = 0; v < settings.dimensions; ++v)
            least = std::min(least, bulk_sample_size(sampler.samples().series(v), settings.ladders));
        const auto first = sampler.samples().series(0);
        for (double z : first) right += z > 0;
        const auto rest = seconds - (r.likelihood_seconds - likelihood_before);
        bench.counters["evaluations/s"] = evaluations / seconds;
        bench.counters["of 480 k/s"] = evaluations / seconds / 480e3;
        bench.counters["sampler, ns per evaluation"] = 1e9 * rest / evaluations;
        bench.counters["ESS per 1000 evaluations"] = 1e3 * least / evaluations;
        bench.counters["ESS/s"] = least / seconds;
        bench.counters["R-hat"] = r_hat(first, settings.ladders);
        bench.counters["log evidence"] = r.evidence.stepping_stone.value;
        bench.counters["weight"] = right / static_cast<double>(first.size());
        bench.counters["acceptance"] = r.levels.back().acceptance;
        bench.counters["round trips per 1000 sweeps"] = 1e3 * r.round_trip_rate;
        bench.counters["of theory"] = r.round_trip_rate / r.expected_round_trip_rate;
    }
}

void tempered(benchmark::State& bench, Proposal proposal) { run(bench, tempered_settings(proposal)); }
void plain(benchmark::State& bench, Proposal proposal) { run(bench, plain_settings(proposal)); }
void stochastic_swaps(benchmark::State& bench, Proposal proposal) {
    Settings settings = tempered_settings(proposal);
    settings.swaps = SwapScheme::stochastic;
    run(bench, settings);
}

#define ONCE Iterations(1)->Unit(benchmark::kMillisecond)
BENCHMARK_CAPTURE(tempered, random_walk, Proposal::random_walk)->ONCE;
BENCHMARK_CAPTURE(tempered, pcn, Proposal::pcn)->ONCE;
BENCHMARK_CAPTURE(tempered, mala, Proposal::mala)->ONCE;
BENCHMARK_CAPTURE(tempered, infinity_mala, Proposal::infinity_mala)->ONCE;
BENCHMARK_CAPTURE(stochastic_swaps, pcn, Proposal::pcn)->ONCE;
BENCHMARK_CAPTURE(stochastic_swaps, infinity_mala, Proposal::infinity_mala)->ONCE;
BENCHMARK_CAPTURE(plain, random_walk, Proposal::random_walk)->ONCE;
BENCHMARK_CAPTURE(plain, pcn, Proposal::pcn)->ONCE;
BENCHMARK_CAPTURE(plain, infinity_mala, Proposal::infinity_mala)->ONCE;

}  // namespace
}  // namespace protolith::sampling

BENCHMARK_MAIN();
