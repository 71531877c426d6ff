// The convolutions of the companion 128 x 128 networks (critic and generator, 64 images) and of the narrow 64 x 64
// ones, each in three passes and two precisions: GFLOP/s, counted as the definition counts them, and their part of this
// core's measured matrix product rate.
#include "convolution/convolution.hpp"
#include "matmul/matmul.hpp"

#include <array>
#include <ctime>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace protolith::kernels;

constexpr std::int64_t batch = 64;

template <class T>
std::vector<T> values(std::int64_t count) {
    std::vector<T> result(count);
    for (std::int64_t i = 0; i < count; ++i) result[i] = T(static_cast<float>(i % 251) / 125.0F - 1.0F);
    return result;
}

/// GFLOP/s of a square product large enough to be limited by arithmetic alone.
template <class T>
double product_rate() {
    static const double rate = [] {
        Queue queue;
        const MatmulShape shape{1536, 1536, 1536};
        const auto a = values<T>(shape.m * shape.k), b = values<T>(shape.k * shape.n);
        std::vector<T> c(shape.m * shape.n);
        double best = 0;
        for (int repeat = 0; repeat < 6; ++repeat) {
            const std::clock_t start = std::clock();  // the processor's time, as the benchmarks below
            PROTOLITH_LAUNCH(queue, matmul(queue, shape, a.data(), b.data(), c.data()));
            const double time = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
            best = std::max(best, 2e-9 * static_cast<double>(shape.m * shape.k * shape.n) / time);
        }
        return best;
    }();
    return rate;
}

enum class Pass { forward, data, weights };

template <class T>
void convolution(benchmark::State& state, const ConvolutionGeometry& g, Pass pass) {
    Queue queue;
    auto x = values<T>(g.x_elements()), y = values<T>(g.y_elements());
    auto w = values<accumulator_t<T>>(g.w_elements());
    const WeightsKey key{1, 1};
    const auto run = [&] {
        if (pass == Pass::forward) PROTOLITH_LAUNCH(queue, convolve(queue, g, x.data(), w.data(), key, y.data()));
        if (pass == Pass::data) PROTOLITH_LAUNCH(queue, convolve_data(queue, g, y.data(), w.data(), key, x.data()));
        if (pass == Pass::weights) PROTOLITH_LAUNCH(queue, convolve_weights(queue, g, x.data(), y.data(), w.data()));
    };
    run();
    const double peak = product_rate<T>();
    for (auto _ : state) run();
    state.counters["GFLOP/s"] =
        benchmark::Counter(1e-9 * g.operations(), benchmark::Counter::kIsIterationInvariantRate);
    state.counters["of_peak"] =
        benchmark::Counter(1e-9 * g.operations() / peak, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["peak"] = peak;
    state.counters["scratch_MB"] = 1e-6 * static_cast<double>(queue.pool()->use().peak_live);
}

struct Layer {
    std::string name;
    ConvolutionGeometry geometry;
};

std::vector<Layer> layers() {
    const auto half = ConvolutionWindow::cube(2, 4, 2, 1), whole = ConvolutionWindow::cube(2, 4),
               point = ConvolutionWindow::cube(2, 1), three = ConvolutionWindow::cube(2, 3, 1, 1);
    std::vector<Layer> all;
    const auto add = [&](const ConvolutionWindow& window, std::int64_t size, std::int64_t C, std::int64_t K) {
        const auto g = convolution_geometry(window, batch, {1, size, size}, C, K);
        all.push_back({std::to_string(C) + "-" + std::to_string(K) + "/" + std::to_string(size) + "/k" +
                           std::to_string(g.kernel[1]) + "s" + std::to_string(g.stride[1]),
                       g});
    };
    add(half, 128, 1, 64);
    add(half, 64, 64, 128);
    add(half, 32, 128, 256);
    add(half, 16, 256, 512);
    add(half, 8, 512, 1024);
    add(whole, 4, 1024, 1);
    add(whole, 4, 1024, 512);  // the generator's first, seen from its latent
    add(point, 64, 64, 64);
    add(three, 64, 64, 64);
    for (const auto [size, C, K] : {std::array<std::int64_t, 3>{64, 1, 16}, {32, 16, 32}, {16, 32, 64}, {8, 64, 128}})
        add(half, size, C, K);
    return all;
}

}  // namespace

int main(int argc, char** argv) {
    for (const Layer& layer : layers())
        for (const auto& [name, pass] :
             {std::pair{"forward", Pass::forward}, {"data", Pass::data}, {"weights", Pass::weights}}) {
            benchmark::RegisterBenchmark((layer.name + "/float32/" + name).c_str(), convolution<float>, layer.geometry,
                                         pass)
                ->Unit(benchmark::kMillisecond);
            benchmark::RegisterBenchmark((layer.name + "/bfloat16/" + name).c_str(), convolution<bfloat16>,
                                         layer.geometry, pass)
                ->Unit(benchmark::kMillisecond);
        }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
