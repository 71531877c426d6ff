// Swap trials and accepted swaps of the annealing terms, one core: ns each, and bytes per reconstruction.
// Goal (performance.md): S2 + L + P4 + P3H + P3V at 1.5 million swap trials a second, 3 million beyond, at 128², r
// ≤ 64.
#include "anneal/terms/feature.hpp"
#include "anneal/two_point_term.hpp"
#include "base/random.hpp"

#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

namespace protolith::anneal {
namespace {

/// Patches of a few pixels, phase fraction near 0.35.
PhaseVolume patches(const Extent& extent) {
    RandomStream random(1, RandomPurpose::test, 0);
    PhaseVolume volume(extent);
    for (std::size_t grain = 0; grain < extent.count() / 60; ++grain) {
        const std::size_t y = random.below(extent.y), x = random.below(extent.x), side = 3 + random.below(5);
        for (std::size_t i = 0; i < side; ++i)
            for (std::size_t j = 0; j < side; ++j) volume((y + i) % extent.y, (x + j) % extent.x) = 1;
    }
    return volume;
}

std::vector<Swap> random_swaps(const PhaseVolume& volume, std::size_t count) {
    RandomStream random(1, RandomPurpose::test, 1);
    const auto draw = [&](int phase) {
        for (;;) {
            const auto i = static_cast<std::uint32_t>(random.below(volume.size()));
            if (volume[i] == phase) return i;
        }
    };
    std::vector<Swap> swaps(count);
    for (Swap& swap : swaps) swap = {draw(1), draw(0)};
    return swaps;
}

using Terms = std::vector<std::unique_ptr<Term>>;
using Make = Terms (*)(const Extent&, std::size_t);

std::vector<double> flat(std::size_t reach) { return std::vector<double>(reach + 1, 0.1); }

template <Feature... features>
Terms features_of(const Extent& extent, std::size_t reach) {
    Terms terms;
    (terms.push_back(make_feature_term(features, extent, flat(reach), 1.0)), ...);
    return terms;
}

Terms goal_set(const Extent& extent, std::size_t reach) {
    Terms terms = features_of<Feature::lineal_path, Feature::p4, Feature::p3h, Feature::p3v>(extent, reach);
    terms.push_back(std::make_unique<TwoPointTerm>(extent, axis_steps(extent), reach, flat(reach), 1.0));
    return terms;
}

void report(benchmark::State& state, const Terms& terms) {
    std::size_t bytes = 0;
    for (const auto& term : terms) bytes += term->memory();
    state.counters["MiB"] = static_cast<double>(bytes) / (1 << 20);
    state.counters["Mswaps/s"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * 1e-6, benchmark::Counter::kIsRate);
}

struct Task {
    Terms terms;
    std::vector<Swap> swaps;
};

/// Counted terms of an image whose side is the benchmark's argument, and swaps to be tried.
Task task_of(const benchmark::State& state, Make make) {
    const auto side = static_cast<std::size_t>(state.range(0));
    const PhaseVolume volume = patches({1, side, side});
    Task task{make(volume.extent(), 64), random_swaps(volume, 1 << 14)};
    for (const auto& term : task.terms) term->recount(volume);
    return task;
}

void trials(benchmark::State& state, Make make) {
    const auto [terms, swaps] = task_of(state, make);
    std::size_t k = 0;
    for (auto _ : state) {
        double change = 0.0;
        for (const auto& term : terms) change += term->propose(swaps[k]);
        benchmark::DoNotOptimize(change);
        k = (k + 1) % swaps.size();
    }
    report(state, terms);
    state.SetLabel("trial; the set's goal with S2: 1.5 Mswaps/s, beyond 3");
}

/// A swap and its reverse, both accepted: propose and accept together.
void accepts(benchmark::State& state, Make make) {
    const auto [terms, swaps] = task_of(state, make);
    std::size_t k = 0;
    for (auto _ : state) {
        const Swap swap = k % 2 == 0 ? swaps[k / 2] : Swap{swaps[k / 2].to, swaps[k / 2].from};
        for (const auto& term : terms) {
            benchmark::DoNotOptimize(term->propose(swap));
            term->accept();
        }
        k = (k + 1) % (2 * swaps.size());
    }
    report(state, terms);
    state.SetLabel("trial and accept");
}

#define PROTOLITH_TERM(name, ...)                                      \
    BENCHMARK_CAPTURE(trials, name, __VA_ARGS__)->Arg(128)->Arg(1024); \
    BENCHMARK_CAPTURE(accepts, name, __VA_ARGS__)->Arg(128)->Arg(1024)

PROTOLITH_TERM(L, features_of<Feature::lineal_path>);
PROTOLITH_TERM(P4, features_of<Feature::p4>);
PROTOLITH_TERM(P3H, features_of<Feature::p3h>);
PROTOLITH_TERM(P3V, features_of<Feature::p3v>);
PROTOLITH_TERM(P6, features_of<Feature::p6>);
PROTOLITH_TERM(C2, features_of<Feature::clusters>);
PROTOLITH_TERM(S2_L_P4_P3H_P3V, goal_set);

}  // namespace
}  // namespace protolith::anneal

BENCHMARK_MAIN();
