// Preparation, one core: the bilateral filter in pixels and in weights a second, windows resized in source pixels a
// second, and what training reads: batches of images from memory and from disk.
#include "base/communicator.hpp"
#include "io/result_file.hpp"
#include "prepare/grey_rows.hpp"
#include "prepare/window_set.hpp"
#include "volume/resample.hpp"

#include <filesystem>

#include <benchmark/benchmark.h>

namespace {

using namespace protolith;

/// Rows of noise, as many as the filter wants.
std::vector<std::vector<float>> noisy_rows(std::size_t count, std::size_t width, std::size_t radius) {
    std::vector<std::vector<float>> rows(count);
    std::uint32_t state = 1;
    for (auto& row : rows) {
        row.assign(width + 2 * radius + prepare::BilateralFilter::slack, prepare::BilateralFilter::outside);
        for (std::size_t x = 0; x < width; ++x) {
            state = state * 1664525u + 1013904223u;
            row[radius + x] = static_cast<float>(state >> 24);
        }
    }
    return rows;
}

void bilateral(benchmark::State& state) {
    const auto radius = static_cast<std::size_t>(state.range(0));
    constexpr std::size_t width = 30000;
    const prepare::BilateralFilter filter(static_cast<double>(radius) / 3, 25.5, radius);
    const auto held = noisy_rows(2 * radius + 1, width, radius);
    std::vector<const float*> rows;
    for (const auto& row : held) rows.push_back(row.data() + radius);
    std::vector<float> out(width + prepare::BilateralFilter::slack);
    for (auto _ : state) {
        filter.row(rows.data(), width, out.data());
        benchmark::DoNotOptimize(out.data());
    }
    const auto side = static_cast<double>(2 * radius + 1);
    state.counters["pixels"] = benchmark::Counter(width, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["weights"] = benchmark::Counter(width * side * side, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(bilateral)->Arg(1)->Arg(3)->Arg(6)->Unit(benchmark::kMicrosecond);

/// Source pixels a second of one window's resize; 0: area, 1: any.
void resize_window(benchmark::State& state) {
    const auto size = static_cast<std::size_t>(state.range(0)), target = static_cast<std::size_t>(state.range(1));
    const auto rule = state.range(2) == 0 ? volume::ResizeRule::area : volume::ResizeRule::any;
    PhaseVolume window({1, size, size});
    for (std::size_t i = 0; i < window.size(); ++i) window[i] = i * 2654435761u >> 16 & 1u;
    for (auto _ : state) benchmark::DoNotOptimize(volume::resize(window, {1, target, target}, rule));
    state.counters["pixels"] =
        benchmark::Counter(static_cast<double>(window.size()), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(resize_window)
    ->Args({1024, 128, 0})
    ->Args({512, 128, 0})
    ->Args({96, 64, 0})
    ->Args({1024, 128, 1})
    ->Unit(benchmark::kMicrosecond);

/// A set of 1024 images of 128² in a temporary folder.
std::filesystem::path training_set() {
    constexpr std::size_t count = 1024, side = 128;
    static const MpiEnvironment mpi(nullptr, nullptr);
    static const Communicator alone(MPI_COMM_SELF);
    const auto path = std::filesystem::temp_directory_path() / "protolith_bench_windows.h5";
    auto file = io::ResultFile::create(alone, path, io::describe_run(alone));
    file.dimension("image", count, "image");
    file.dimension("y", side, "y");
    file.dimension("x", side, "x");
    std::vector<std::uint8_t> pixels(count * side * side);
    for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = i * 2654435761u >> 16 & 1u;
    file.dataset<std::uint8_t>("phase", {"image", "y", "x"}, {"1", "", {}}).write_items({0, count}, pixels);
    file.complete();
    return path;
}

/// A batch of 64 images from all over the set; 1: held in memory, 0: from disk.
void read_batch(benchmark::State& state) {
    const auto path = training_set();
    const prepare::WindowSet set(
        path, {.dataset = "", .range = {}, .memory_limit = state.range(0) != 0 ? std::size_t{1} << 30 : 0});
    std::vector<std::size_t> items(64);
    std::vector<float> batch(items.size() * set.item_size());
    std::size_t at = 0;
    for (auto _ : state) {
        for (std::size_t& item : items) item = at = (at + 401) % set.count();
        set.read(items, batch.data());
        benchmark::DoNotOptimize(batch.data());
    }
    state.counters["images"] =
        benchmark::Counter(static_cast<double>(items.size()), benchmark::Counter::kIsIterationInvariantRate);
    std::filesystem::remove(path);
}
BENCHMARK(read_batch)->Arg(1)->Arg(0)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
