// Connected components of 2000² and 5000² images, one core. Peer: scipy.ndimage.label 1.x (4 neighbours), measured on
// the same images with benchmarks/descriptors/components_peer.py; limit: one pass over the bytes of the image.
#include "descriptors/component_shape.hpp"
#include "descriptors/components.hpp"
#include "grains.hpp"

#include <numeric>

#include <benchmark/benchmark.h>

namespace {

using namespace protolith;
using benchmarks::grains;

void report(benchmark::State& state, std::size_t n) {
    state.counters["Mpixel/s"] =
        benchmark::Counter(static_cast<double>(n * n) * 1e-6, benchmark::Counter::kIsIterationInvariantRate);
}

void label_runs(benchmark::State& state) {
    const auto n = static_cast<std::size_t>(state.range(0));
    const PhaseVolume image = grains(n, static_cast<std::size_t>(state.range(1)));
    for (auto _ : state)
        benchmark::DoNotOptimize(descriptors::label_components(image, descriptors::Connectivity::four).count);
    report(state, n);
}

void label_every_pixel(benchmark::State& state) {
    const auto n = static_cast<std::size_t>(state.range(0));
    const PhaseVolume image = grains(n, static_cast<std::size_t>(state.range(1)));
    for (auto _ : state)
        benchmark::DoNotOptimize(
            label_volume(descriptors::label_components(image, descriptors::Connectivity::four)).data());
    report(state, n);
}

void shapes(benchmark::State& state) {
    const auto n = static_cast<std::size_t>(state.range(0));
    const PhaseVolume image = grains(n, static_cast<std::size_t>(state.range(1)));
    for (auto _ : state)
        benchmark::DoNotOptimize(
            component_shapes(descriptors::label_components(image, descriptors::Connectivity::four)).data());
    report(state, n);
}

void read_once(benchmark::State& state) {
    const auto n = static_cast<std::size_t>(state.range(0));
    const PhaseVolume image = grains(n, 1);
    for (auto _ : state) benchmark::DoNotOptimize(std::accumulate(image.begin(), image.end(), std::uint8_t{0}));
    report(state, n);
}

BENCHMARK(read_once)->ArgName("side")->Arg(2000)->Arg(5000)->Unit(benchmark::kMillisecond);
BENCHMARK(shapes)->ArgNames({"side", "grain"})->ArgsProduct({{2000, 5000}, {1, 9}})->Unit(benchmark::kMillisecond);
BENCHMARK(label_runs)->ArgNames({"side", "grain"})->ArgsProduct({{2000, 5000}, {1, 9}})->Unit(benchmark::kMillisecond);
BENCHMARK(label_every_pixel)
    ->ArgNames({"side", "grain"})
    ->ArgsProduct({{2000, 5000}, {1, 9}})
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
