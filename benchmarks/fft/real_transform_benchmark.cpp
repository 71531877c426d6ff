// Real transforms forward and back: rate in Gflop/s by the usual count 2.5 N log2 N each way, against the rate of
// copying the same memory once (`copy`), below which no transform can come.
#include "fft/real_transform.hpp"

#include <algorithm>
#include <cmath>

#include <benchmark/benchmark.h>

namespace {

using namespace protolith;

Extent extent_of(const benchmark::State& state) {
    const auto n = static_cast<std::size_t>(state.range(0));
    return state.range(1) == 2 ? Extent{1, n, n} : Extent{n, n, n};
}

template <class T>
void there_and_back(benchmark::State& state) {
    const fft::RealTransform<T> transform(extent_of(state), {.planning = fft::Planning::measure});
    fft::Buffer<T> field(transform.real_size());
    fft::Buffer<std::complex<T>> spectrum(transform.spectrum_size());
    for (auto _ : state) {
        transform.forward(field.data(), spectrum.data());
        transform.backward(spectrum.data(), field.data());
        benchmark::DoNotOptimize(field.data());
    }
    const double n = static_cast<double>(transform.extent().count());
    state.counters["Gflop/s"] =
        benchmark::Counter(5 * n * std::log2(n) * 1e-9, benchmark::Counter::kIsIterationInvariantRate);
}

void copy(benchmark::State& state) {
    fft::Buffer<double> from(extent_of(state).count()), to(extent_of(state).count());
    for (auto _ : state) {
        std::copy(from.begin(), from.end(), to.begin());
        std::copy(to.begin(), to.end(), from.begin());
        benchmark::DoNotOptimize(from.data());
    }
}

void sizes(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"side", "dimension"})->Unit(benchmark::kMicrosecond);
    bench->Args({128, 2})->Args({1024, 2})->Args({64, 3});
}

BENCHMARK(there_and_back<double>)->Apply(sizes);
BENCHMARK(there_and_back<float>)->Apply(sizes);
BENCHMARK(copy)->Apply(sizes);

}  // namespace

BENCHMARK_MAIN();
