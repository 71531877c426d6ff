// Normalisation with affine parameters and activation, forward (moments and values) and backward (sums and gradient):
// bytes that have to be moved per second, against copying (`bench_pointwise`, copy).
#include "normalise/moments.hpp"
#include "normalise/normalise.hpp"
#include "pointwise/cast.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace protolith::kernels;

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
          elements(queue, static_cast<std::size_t>(3 * groups.elements()) * sizeof(T)),
          rows(queue, static_cast<std::size_t>(6 * groups.count()) * sizeof(float)),
          x(elements.as<T>()),
          g(x + groups.elements()),
          y(g + groups.elements()),
          by{row(0, groups), row(1, groups), row(2, groups), row(3, groups), 0.2},
          sums(rows.as<float>() + 4 * groups.count()),
          products(sums + groups.count()) {
        PROTOLITH_LAUNCH(queue, fill(queue, 0.5, elements.as<T>(), 3 * groups.elements()));
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

BENCHMARK_CAPTURE(moments_only<float>, batch_64, wide, false)->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(forward<float>, batch_64, wide, false)->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(forward<float>, batch_1024, deep, false)->Arg(2);
BENCHMARK_CAPTURE(forward<float>, instance_64, wide, true)->Arg(2);
BENCHMARK_CAPTURE(forward<float>, instance_1024, deep, true)->Arg(2);
BENCHMARK_CAPTURE(forward<bfloat16>, batch_64, wide, false)->Arg(2);
BENCHMARK_CAPTURE(backward<float>, batch_64, wide, false)->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(backward<float>, instance_64, wide, true)->Arg(2);
BENCHMARK_CAPTURE(backward<float>, instance_1024, deep, true)->Arg(2);
BENCHMARK_CAPTURE(backward<bfloat16>, batch_64, wide, false)->Arg(2);

}  // namespace

BENCHMARK_MAIN();
