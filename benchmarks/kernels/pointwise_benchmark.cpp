// Pointwise kernels, sums and broadcasts: bytes read and written per second, against what plain copying reaches on the
// same number of threads (`copy`), below which no such kernel can come by much.
#include "optimise/adam.hpp"
#include "pointwise/cast.hpp"
#include "pointwise/map.hpp"
#include "queue/parallel.hpp"
#include "reduce/broadcast.hpp"
#include "reduce/sum.hpp"

#include <cstring>
#include <string>

#include <benchmark/benchmark.h>

namespace {

using namespace protolith::kernels;

constexpr std::int64_t count = std::int64_t{1} << 24;  // elements; beyond every cache
constexpr std::int64_t stride =
    count + 5 * 1024 + 64;  // between arrays: no power of two, or they compete for cache sets
constexpr std::int64_t channels = 64;

/// Arrays of one type, filled, on as many threads as the benchmark's argument says.
template <class T>
struct Arrays {
    explicit Arrays(const benchmark::State& state, int arrays = 3)
        : queue(Backend::cpu, static_cast<int>(state.range(0))),
          scratch(queue, static_cast<std::size_t>(arrays * stride) * sizeof(T)) {
        PROTOLITH_LAUNCH(queue, fill(queue, 0.5, scratch.as<T>(), arrays * stride));
    }
    T* operator[](int i) const { return scratch.as<T>() + i * stride; }

    Queue queue;
    Scratch scratch;
};

void report(benchmark::State& state, std::size_t bytes) {
    state.counters["GB/s"] = benchmark::Counter(static_cast<double>(bytes) * static_cast<double>(count) * 1e-9,
                                                benchmark::Counter::kIsIterationInvariantRate);
}

void copy(benchmark::State& state) {
    const Arrays<float> x(state);
    for (auto _ : state)
        cpu::parallel_ranges(x.queue, count, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i) x[1][i] = x[0][i];
            benchmark::ClobberMemory();
        });
    report(state, 8);
}

void library_copy(benchmark::State& state) {
    const Arrays<float> x(state);
    for (auto _ : state)
        cpu::parallel_ranges(x.queue, count, 1, [&](std::int64_t begin, std::int64_t end) {
            std::memcpy(x[1] + begin, x[0] + begin, static_cast<std::size_t>(end - begin) * sizeof(float));
        });
    report(state, 8);
}

template <class T>
void map_of(benchmark::State& state, const Unary& formula) {
    Arrays<T> x(state);
    for (auto _ : state) PROTOLITH_LAUNCH(x.queue, map(x.queue, formula, x[0], x[1], count));
    report(state, 2 * sizeof(T));
}

template <class T>
void combine_of(benchmark::State& state, const Binary& formula) {
    Arrays<T> x(state);
    for (auto _ : state) PROTOLITH_LAUNCH(x.queue, combine(x.queue, formula, x[0], x[1], x[2], count));
    report(state, 3 * sizeof(T));
}

template <class T>
void accumulate(benchmark::State& state) {
    Arrays<T> x(state);
    for (auto _ : state) PROTOLITH_LAUNCH(x.queue, combine(x.queue, formula::Add{}, x[0], x[1], x[0], count));
    report(state, 3 * sizeof(T));
}

void to_bfloat16(benchmark::State& state) {
    Arrays<float> x(state);
    Arrays<bfloat16> y(state);
    for (auto _ : state) PROTOLITH_LAUNCH(x.queue, cast(x.queue, x[0], y[0], count));
    report(state, 6);
}

template <class T>
void sum_of(benchmark::State& state, const Groups& groups) {
    Arrays<T> x(state);
    const Scratch sums(x.queue, static_cast<std::size_t>(groups.count()) * sizeof(float));
    for (auto _ : state) PROTOLITH_LAUNCH(x.queue, sum(x.queue, groups, x[0], sums.as<float>()));
    report(state, sizeof(T));
}

template <class T>
void multiply_row(benchmark::State& state, const Groups& groups) {
    Arrays<T> x(state);
    const Scratch row(x.queue, static_cast<std::size_t>(groups.count()) * sizeof(float));
    PROTOLITH_LAUNCH(x.queue, fill(x.queue, 0.5, row.as<float>(), groups.count()));
    for (auto _ : state)
        PROTOLITH_LAUNCH(x.queue, combine_row(x.queue, formula::Multiply{}, groups, x[0], row.as<float>(), x[1]));
    report(state, 2 * sizeof(T));
}

void adam_step(benchmark::State& state) {
    Arrays<float> x(state, 4);
    for (auto _ : state)
        PROTOLITH_LAUNCH(x.queue, adam(x.queue, AdamStep{1e-4, 0.5, 0.999, 1e-8, 1}, x[0], x[1], x[2], x[3], count));
    report(state, 7 * sizeof(float));
}

constexpr Groups per_channel{1, count / channels, channels}, per_instance{64, count / 64 / channels, channels},
    per_sample{64, count / 64, 1}, per_pixel{count / 32, 32, 1}, total{1, count, 1}, three{1, count / 3, 3};

/// On one and on two threads.
template <class Work>
void add(const char* name, Work work) {
    benchmark::RegisterBenchmark(name, work)
        ->ArgName("threads")
        ->Arg(1)
        ->Arg(2)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
}

template <class T>
void add_formulas(const std::string& type) {
    const std::pair<const char*, Unary> unary[] = {{"scale", formula::Scale{2}},
                                                   {"exp", formula::Exp{}},
                                                   {"tanh", formula::Tanh{}},
                                                   {"sigmoid", formula::Sigmoid{}}};
    for (const auto& [name, formula] : unary)
        add((name + type).c_str(), [f = formula](benchmark::State& state) { map_of<T>(state, f); });
    add(("gate" + type).c_str(), [](benchmark::State& state) { combine_of<T>(state, formula::Gate{1, 0.2}); });
    add(("y += x" + type).c_str(), accumulate<T>);
    const std::pair<const char*, Groups> groups[] = {{"per channel", per_channel},
                                                     {"per instance", per_instance},
                                                     {"per sample", per_sample},
                                                     {"per pixel", per_pixel},
                                                     {"total", total},
                                                     {"per channel of three", three}};
    for (const auto& [name, parts] : groups) {
        add(("sum " + (name + type)).c_str(), [g = parts](benchmark::State& state) { sum_of<T>(state, g); });
        add(("multiply " + (name + type)).c_str(), [g = parts](benchmark::State& state) { multiply_row<T>(state, g); });
    }
}

}  // namespace

int main(int argc, char** argv) {
    add("copy", copy);
    add("memcpy", library_copy);
    add_formulas<float>(", float32");
    add_formulas<bfloat16>(", bfloat16");
    add("float32 to bfloat16", to_bfloat16);
    add("Adam", adam_step);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
