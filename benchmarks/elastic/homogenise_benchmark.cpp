// Homogenization of marble cakes: time an image, beside the tensors' error against a converged solution in
// double (root mean square over the spatial variation), and the rate of the transforms inside.
#include "elastic/homogeniser.hpp"
#include "fft/buffer.hpp"
#include "fft/lane_transform.hpp"
#include "simulate/marble_cake.hpp"

#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace protolith;
using namespace protolith::elastic;

constexpr std::size_t side = 128;

template <class T>
std::vector<T> cakes(std::size_t count) {
    std::vector<T> images;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto cake = simulate::marble_cake({.size = side}, 5, i);
        images.insert(images.end(), cake.image.begin(), cake.image.end());
    }
    return images;
}

template <class T>
double error_of(const std::vector<T>& found, const std::vector<double>& exact, std::size_t images) {
    const std::size_t points = exact.size() / (images * tensor_components);
    double error = 0, variation = 0;
    for (std::size_t field = 0; field < images * tensor_components; ++field) {
        double mean = 0;
        for (std::size_t j = 0; j < points; ++j) mean += exact[field * points + j] / static_cast<double>(points);
        for (std::size_t j = field * points; j < (field + 1) * points; ++j) {
            error += std::pow(static_cast<double>(found[j]) - exact[j], 2);
            variation += std::pow(exact[j] - mean, 2);
        }
    }
    return std::sqrt(error / variation);
}

void per_image(benchmark::State& state, std::size_t count) {
    state.counters["time/image"] = benchmark::Counter(
        static_cast<double>(count), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// Arguments of the cases: images, steps, threads.
HomogeniserSettings settings_of(const benchmark::State& state) {
    HomogeniserSettings settings;
    settings.solver.steps = static_cast<std::size_t>(state.range(1));
    settings.threads = static_cast<int>(state.range(2));
    return settings;
}

template <class T>
void forward(benchmark::State& state) {
    const auto count = static_cast<std::size_t>(state.range(0));
    HomogeniserSettings settings = settings_of(state);
    const Homogeniser<T> homogeniser(settings);
    const auto images = cakes<T>(count);
    std::vector<T> tensors(count * homogeniser.data_size());
    for (auto _ : state) {
        homogeniser.tensors(images.data(), count, tensors.data());
        benchmark::DoNotOptimize(tensors.data());
    }
    per_image(state, count);
    settings.solver.tolerance = 1e-10;
    const std::vector<double> same(images.begin(), images.end());
    std::vector<double> exact(tensors.size());
    Homogeniser<double>(settings).tensors(same.data(), count, exact.data());
    state.counters["error"] = error_of(tensors, exact, count);
}

template <class T>
void with_gradient(benchmark::State& state) {
    const auto count = static_cast<std::size_t>(state.range(0));
    const Homogeniser<T> homogeniser(settings_of(state));
    const auto images = cakes<T>(count);
    std::vector<T> tensors(count * homogeniser.data_size()), gradients(images.size()),
        observed(homogeniser.data_size(), T(100));
    std::vector<double> misfits(count);
    for (auto _ : state) {
        homogeniser.misfit(images.data(), count, observed.data(), {1, 1, 1, 1, 1, 1}, misfits.data(), tensors.data(),
                           gradients.data());
        benchmark::DoNotOptimize(gradients.data());
    }
    per_image(state, count);
}

/// Complex transforms of lines in L1, there and back; Gflop/s by the usual count 5 N log2 N each way and lane.
template <class T>
void lines(benchmark::State& state) {
    const auto n = static_cast<std::size_t>(state.range(0));
    const fft::LaneTransform<T> transform(n);
    fft::Buffer<T> line(2 * n * fft::lanes<T>);
    for (auto _ : state) {
        transform.forward(line.data());
        transform.backward(line.data());
        benchmark::DoNotOptimize(line.data());
    }
    const double flops = 10 * static_cast<double>(n * fft::lanes<T>) * std::log2(static_cast<double>(n));
    state.counters["Gflop/s"] = benchmark::Counter(1e-9 * flops, benchmark::Counter::kIsIterationInvariantRate);
}

void batches(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"images", "steps", "threads"})->Unit(benchmark::kMillisecond)->UseRealTime();
    for (const int images : {1, 5, 16, 64}) bench->Args({images, 2, 1});
    bench->Args({64, 1, 1})->Args({64, 3, 1})->Args({64, 2, 2});
}
void gradients(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"images", "steps", "threads"})->Unit(benchmark::kMillisecond)->UseRealTime();
    bench->Args({5, 2, 1})->Args({40, 2, 1})->Args({40, 2, 2});
}

BENCHMARK(forward<float>)->Apply(batches);
BENCHMARK(forward<double>)->ArgNames({"images", "steps", "threads"})->Args({16, 2, 1})->Unit(benchmark::kMillisecond);
BENCHMARK(with_gradient<float>)->Apply(gradients);
BENCHMARK(lines<float>)->ArgName("length")->Arg(64)->Arg(96)->Arg(128)->Arg(256);
BENCHMARK(lines<double>)->ArgName("length")->Arg(128);

}  // namespace

BENCHMARK_MAIN();
