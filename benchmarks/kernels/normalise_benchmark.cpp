// Normalisation with affine parameters and activation, forward (moments and values) and backward (sums and gradient):
// bytes that have to be moved per second, against copying (`bench_pointwise`, copy).
#include "normalise/moments.hpp"
#include "normalise/normalise.hpp"
#include "pointwise/cast.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace protolith::kernels;

constexpr std::int64_t gap = 5 * 1024 + 64;  // between arrays: no power of two, or they compete for cache sets

/// 64 images of side² with `channels`: 16 Mi elements.
struct Layer {
    std::int64_t side, channels;
};

Groups groups_of(const Layer& layer, bool instance) {
    const std::int64_t area = layer.side * layer.side;
    return instance ? Groups{64, area, layer.channels} : Groups{1, 64 * area, layer.channels};
}

template <class T>
struct Operands {
    Operands(const benchmark::State& state, const Groups& groups)
        : queue(Backend::cpu, static_cast<int>(state.range(0))),
          elements(queue, static_cast<std::size_t>(3 * (groups.elements() + gap)) * sizeof(T)),
          rows(queue, static_cast<std::size_t>(6 * groups.count()) * sizeof(float)),
          x(elements.as<T>()),
          g(x + groups.elements() + gap),
          y(g + groups.elements() + gap),
          by{row(0, groups), row(1, groups), row(2, groups), row(3, groups), 0.2},
          sums(rows.as<float>() + 4 * groups.count()),
          products(sums + groups.count()) {
        PROTOLITH_LAUNCH(queue, fill(queue, 0.5, elements.as<T>(), 3 * (groups.elements() + gap)));
        PROTOLITH_LAUNCH(queue, fill(queue, 0.5, rows.as<float>(), 6 * groups.count()));
    }
    float* row(int i, const Groups& groups) const { return rows.as<float>() + i * groups.count(); }

    Queue queue;
    Scratch elements, rows;
    T *x, *g, *y;
    Normalisation<float> by;
    float *sums, *products;
};

void report(benchmark::State& state, const Groups& groups, std::size_t bytes) {
    state.counters["GB/s"] =
        benchmark::Counter(static_cast<double>(bytes) * static_cast<double>(groups.elements()) * 1e-9,
                           benchmark::Counter::kIsIterationInvariantRate);
}

template <class T>
void moments_only(benchmark::State& state, const Layer& layer, bool instance) {
    const Groups groups = groups_of(layer, instance);
    Operands<T> o(state, groups);
    for (auto _ : state) PROTOLITH_LAUNCH(o.queue, moments(o.queue, groups, o.x, o.sums, o.products));
    report(state, groups, sizeof(T));
}

template <class T>
void forward(benchmark::State& state, const Layer& layer, bool instance) {
    const Groups groups = groups_of(layer, instance);
    Operands<T> o(state, groups);
    for (auto _ : state) {
        PROTOLITH_LAUNCH(o.queue, moments(o.queue, groups, o.x, o.sums, o.products));
        PROTOLITH_LAUNCH(o.queue, normalise(o.queue, groups, o.x, o.by, o.y));
    }
    report(state, groups, 3 * sizeof(T));
}

template <class T>
void backward(benchmark::State& state, const Layer& layer, bool instance) {
    const Groups groups = groups_of(layer, instance);
    Operands<T> o(state, groups);
    for (auto _ : state) {
        PROTOLITH_LAUNCH(o.queue, normalise_sums(o.queue, groups, o.x, o.g, o.by, o.sums, o.products));
        PROTOLITH_LAUNCH(o.queue, normalise_backward(o.queue, groups, o.x, o.g, o.by, o.sums, o.products, o.y));
    }
    report(state, groups, 5 * sizeof(T));
}

constexpr Layer wide{64, 64}, deep{8, 1024};

/// On one and on two threads.
template <class Work>
void add(const char* name, Work work, const Layer& layer, bool instance) {
    benchmark::RegisterBenchmark(name, [=](benchmark::State& state) { work(state, layer, instance); })
        ->ArgName("threads")
        ->Arg(1)
        ->Arg(2)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
}

}  // namespace

int main(int argc, char** argv) {
    add("moments, batch, 64 channels", moments_only<float>, wide, false);
    add("forward, batch, 64 channels", forward<float>, wide, false);
    add("forward, batch, 1024 channels", forward<float>, deep, false);
    add("forward, instance, 64 channels", forward<float>, wide, true);
    add("forward, instance, 1024 channels", forward<float>, deep, true);
    add("forward, batch, 64 channels, bfloat16", forward<bfloat16>, wide, false);
    add("backward, batch, 64 channels", backward<float>, wide, false);
    add("backward, instance, 64 channels", backward<float>, wide, true);
    add("backward, instance, 1024 channels", backward<float>, deep, true);
    add("backward, batch, 64 channels, bfloat16", backward<bfloat16>, wide, false);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
