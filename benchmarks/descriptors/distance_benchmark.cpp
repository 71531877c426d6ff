// Distance transform, local thickness, cluster function and two-point map of n² and n³ images, one core. Peer of the
// distance transform: scipy.ndimage.distance_transform_edt (compare_scipy.py beside this file prints both).
#include "descriptors/cluster_function.hpp"
#include "descriptors/components.hpp"
#include "descriptors/distance.hpp"
#include "descriptors/local_thickness.hpp"
#include "descriptors/spectrum.hpp"
#include "descriptors/two_point_map.hpp"
#include "grains.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace protolith;
using namespace protolith::descriptors;

/// range(0) is the side, range(1) the dimension.
PhaseVolume subject(const benchmark::State& state) {
    const auto n = static_cast<std::size_t>(state.range(0));
    if (state.range(1) == 2) return benchmarks::grains(n, 15);
    PhaseVolume volume({n, n, n});
    const PhaseVolume plane = benchmarks::grains(n, 15);
    // Grains of finite length along z: planes of two images by turns of 15.
    const PhaseVolume other = benchmarks::grains(n, 11);
    for (std::size_t z = 0; z < n; ++z)
        for (std::size_t i = 0; i < n * n; ++i) volume[z * n * n + i] = (z / 15 % 2 == 0 ? plane : other)[i];
    return volume;
}

void report(benchmark::State& state, const PhaseVolume& image) {
    state.counters["Mvoxel/s"] =
        benchmark::Counter(static_cast<double>(image.size()) * 1e-6, benchmark::Counter::kIsIterationInvariantRate);
}

template <class Work>
void measure(benchmark::State& state, Work&& work) {
    const PhaseVolume image = subject(state);
    for (auto _ : state) benchmark::DoNotOptimize(work(image));
    report(state, image);
}

void distance_transform(benchmark::State& state) {
    measure(state, [](const PhaseVolume& image) { return squared_distance(image, Boundary::non_periodic)[0]; });
}
void local_thickness_map(benchmark::State& state) {
    measure(state, [](const PhaseVolume& image) { return local_thickness(image, Boundary::non_periodic)[0]; });
}
void two_point_full_map(benchmark::State& state) {
    measure(state, [](const PhaseVolume& image) { return two_point_map(image, Boundary::periodic, 128).counts[0]; });
}
void radial_power_spectrum(benchmark::State& state) {
    measure(state, [](const PhaseVolume& image) { return radial_spectrum(image, Mean::remove).power[0]; });
}
void cluster_function_r100(benchmark::State& state) {
    const int max_r = state.range(1) == 2 ? 100 : 60;
    const auto connectivity = state.range(1) == 2 ? Connectivity::four : Connectivity::six;
    measure(state, [=](const PhaseVolume& image) {
        return cluster_function(image, label_components(image, connectivity), max_r).directions[0].counts[1];
    });
}

void sizes(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"side", "dimension"})->Unit(benchmark::kMillisecond);
    for (const int side : {1000, 2000, 5000}) bench->Args({side, 2});
    bench->Args({128, 3});
}

BENCHMARK(distance_transform)->Apply(sizes);
BENCHMARK(local_thickness_map)->Apply(sizes);
BENCHMARK(cluster_function_r100)->Apply(sizes);
BENCHMARK(two_point_full_map)->Apply(sizes);
BENCHMARK(radial_power_spectrum)->Apply(sizes);

}  // namespace

BENCHMARK_MAIN();
