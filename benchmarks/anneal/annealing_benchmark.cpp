// Trials per second of S2 annealing on one core: single trials and blocks of candidates, by size, with no swap accepted
// (the regime in which a reconstruction spends its time). To reach (128², one core): 24 M/s; limit seen by the
// prototype: 60 M/s single, 1 G/s in blocks. Line-resampling C++ in the published style: 0.12 M/s.
#include "../../tests/anneal/synthetic.hpp"
#include "anneal/problem.hpp"
#include "anneal/stage.hpp"
#include "anneal/two_point.hpp"

#include <benchmark/benchmark.h>

namespace protolith::anneal {
namespace {

void trials(benchmark::State& bench, bool blocks, Selection selection) {
    const auto side = static_cast<std::size_t>(bench.range(0));
    const Extent extent{1, side, side};
    const PhaseVolume image = synthetic::smooth(extent, 0.352, 3, 1);
    TwoPoint energy(extent, axis_steps(extent), side / 2, std::vector<double>(side / 2 + 1));
    energy.assign(image);
    std::vector<double> curve(energy.counts.begin(), energy.counts.end());
    for (double& value : curve) value /= energy.placements;
    TwoPoint met(extent, axis_steps(extent), side / 2, curve);  // at its minimum every swap is uphill
    met.assign(image);
    Candidates candidates(image, selection);
    RandomStream random(1, RandomPurpose::test, 0);
    StageOrder order;
    order.trials = blocks ? 8'000'000 : 400'000;
    order.temperature = 1e-30;
    order.block_acceptance = blocks ? 1.0 : 0.0;
    order.expected_acceptance = 0;
    std::uint64_t done = 0, accepted = 0;
    for (auto _ : bench) {
        const StageResult result = run_stage(met, candidates, random, order);
        done += result.trials;
        accepted += result.accepted;
    }
    bench.counters["Mtrials/s"] = benchmark::Counter(static_cast<double>(done) * 1e-6, benchmark::Counter::kIsRate);
    bench.counters["of 24 M/s"] = benchmark::Counter(static_cast<double>(done) / 24e6, benchmark::Counter::kIsRate);
    bench.counters["accepted"] = static_cast<double>(accepted);
}

void single_uniform(benchmark::State& bench) { trials(bench, false, Selection::uniform); }
void single_interface(benchmark::State& bench) { trials(bench, false, Selection::interface); }
void blocks_uniform(benchmark::State& bench) { trials(bench, true, Selection::uniform); }
void blocks_interface(benchmark::State& bench) { trials(bench, true, Selection::interface); }

/// S2 + L + P4 + P3H + P3V of 128², r ≤ 64: to reach 1.5 M/s, limit seen 3 M/s.
void five_terms(benchmark::State& bench) {
    Settings settings;
    settings.terms.clear();
    for (TermKind kind : {TermKind::two_point, TermKind::lineal_path, TermKind::square, TermKind::triangle_rows,
                          TermKind::triangle_columns})
        settings.terms.push_back({.kind = kind});
    const PhaseVolume image = synthetic::smooth(settings.extent, 0.352, 3, 1);
    const Target target = measure_target(std::vector{image}, settings);
    std::vector<std::unique_ptr<Term>> terms;
    for (std::size_t t = 0; t < settings.terms.size(); ++t) {
        terms.push_back(make_term(settings.terms[t], settings.extent, 64, target.curves[t]));
        terms.back()->recount(image);
    }
    Candidates candidates(image, Selection::uniform);
    RandomStream random(1, RandomPurpose::test, 0);
    const StageOrder order{.trials = 20'000, .temperature = 1e-30};
    for (auto _ : bench) run_stage(terms, candidates, random, order);
    const auto done = static_cast<double>(bench.iterations()) * static_cast<double>(order.trials);
    bench.counters["Mtrials/s"] = benchmark::Counter(done * 1e-6, benchmark::Counter::kIsRate);
    bench.counters["of 1.5 M/s"] = benchmark::Counter(done / 1.5e6, benchmark::Counter::kIsRate);
}
BENCHMARK(five_terms)->MinTime(0.2)->Unit(benchmark::kMillisecond);

void every_side(benchmark::internal::Benchmark* bench) {
    for (const int side : {64, 128, 256, 512, 1024}) bench->Arg(side);
    bench->MinTime(0.2)->Unit(benchmark::kMillisecond);
}
BENCHMARK(single_uniform)->Apply(every_side);
BENCHMARK(single_interface)->Arg(128)->MinTime(0.2)->Unit(benchmark::kMillisecond);
BENCHMARK(blocks_uniform)->Apply(every_side);
BENCHMARK(blocks_interface)->Arg(128)->MinTime(0.2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace protolith::anneal

BENCHMARK_MAIN();
