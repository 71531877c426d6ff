// Connected components of 2000² and 5000² images, one core. Peer: scipy.ndimage.label 1.x (4 neighbours), measured on
// the same images with benchmarks/descriptors/components_peer.py; limit: one pass over the bytes of the image.
#include "base/random.hpp"
#include "descriptors/components.hpp"

#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace protolith;

/// White noise smoothed three times by a running mean of `width` (none for 1), thresholded at its mean: grains of that
/// size.
PhaseVolume grains(std::size_t n, std::size_t width) {
    RandomStream random(1, RandomPurpose::test, static_cast<std::uint32_t>(n));
    std::vector<float> field(n * n), smooth(n * n);
    for (float& v : field) v = static_cast<float>(random.uniform() - 0.5);
    const auto half = static_cast<std::ptrdiff_t>(width / 2), side = static_cast<std::ptrdiff_t>(n);
    for (int pass = 0; width > 1 && pass < 3; ++pass)
        for (const std::ptrdiff_t step : {std::ptrdiff_t{1}, side}) {
            const std::ptrdiff_t line = step == 1 ? side : 1;
            for (std::ptrdiff_t l = 0; l < side; ++l) {
                const auto at = [&](std::ptrdiff_t i) {
                    return static_cast<std::size_t>(l * line + (i + side) % side * step);
                };
                float sum = 0;
                for (std::ptrdiff_t i = -half; i < half; ++i) sum += field[at(i)];
                for (std::ptrdiff_t i = 0; i < side; ++i) {
                    sum += field[at(i + half)];
                    smooth[at(i)] = sum;
                    sum -= field[at(i - half)];
                }
            }
            field.swap(smooth);
        }
    PhaseVolume image({1, n, n});
    for (std::size_t i = 0; i < image.size(); ++i) image[i] = field[i] > 0 ? 1 : 0;
    return image;
}

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

BENCHMARK(label_runs)->ArgNames({"side", "grain"})->ArgsProduct({{2000, 5000}, {1, 9}})->Unit(benchmark::kMillisecond);
BENCHMARK(label_every_pixel)
    ->ArgNames({"side", "grain"})
    ->ArgsProduct({{2000, 5000}, {1, 9}})
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
