// Marble cakes on one core: milliseconds an image (limit of the project 10 ms, the paper about 1 s at 128²), and before
// the timings the pixels that differ from runs with a tenth of the time step and of the segment length (limit 0.1 %).
#include "simulate/marble_cake.hpp"

#include <cstdio>

#include <benchmark/benchmark.h>

namespace {

using namespace protolith::simulate;

std::size_t different(const protolith::PhaseVolume& a, const protolith::PhaseVolume& b) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i];
    return count;
}

void print_accuracy() {
    MarbleCakeSettings fine;
    fine.step_strain /= 10;
    fine.longest_segment /= 10;
    std::printf(
        "pixels of 128² different from a run with a tenth of the step and of the segment (limit 0.1 %% = 16):\n");
    for (std::uint32_t item = 0; item < 8; ++item) {
        const auto cake = marble_cake(MarbleCakeSettings{}, 1, item);
        const auto reference = marble_cake(fine, 1, item);
        std::printf("  item %u: %zu (%.3f %%), length %.2f (fine %.2f), area − 1/2 %.1e (fine %.1e), points %zu\n",
                    item, different(cake.image, reference.image),
                    100.0 * static_cast<double>(different(cake.image, reference.image)) /
                        static_cast<double>(cake.image.size()),
                    cake.contour_length, reference.contour_length, cake.contour_area - 0.5,
                    reference.contour_area - 0.5, cake.contour_points);
    }
}

void drawn_from_the_priors(benchmark::State& state) {
    MarbleCakeSettings settings;
    settings.size = static_cast<std::size_t>(state.range(0));
    std::uint32_t item = 0;
    double points = 0, length = 0;
    for (auto _ : state) {
        const auto cake = marble_cake(settings, 1, item++ % 64);
        points += static_cast<double>(cake.contour_points);
        length += cake.contour_length;
        benchmark::DoNotOptimize(cake.image.data());
    }
    const auto images = static_cast<double>(state.iterations());
    state.counters["points"] = points / images;
    state.counters["length"] = length / images;
    state.counters["images/s"] = benchmark::Counter(images, benchmark::Counter::kIsRate);
}
BENCHMARK(drawn_from_the_priors)->Arg(128)->Arg(256)->Arg(512)->Unit(benchmark::kMillisecond);

void figure_1(benchmark::State& state) {
    MarbleCakeInputs inputs;
    inputs.time = static_cast<double>(state.range(0)) / 100;
    std::size_t points = 0;
    double length = 0;
    for (auto _ : state) {
        const auto cake = marble_cake(MarbleCakeSettings{}, inputs);
        points = cake.contour_points;
        length = cake.contour_length;
    }
    state.counters["points"] = static_cast<double>(points);
    state.counters["length"] = length;
}
BENCHMARK(figure_1)->Arg(25)->Arg(50)->Arg(100)->Arg(125)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
    print_accuracy();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
