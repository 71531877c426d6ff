// Time, bytes per second and share of the memory's speed of every kernel, on shapes of a WGAN-GP for 128² images:
//   bench_gpu [--list] [--filter TEXT] [--batch 64] [--against h100|h200|a100] [--device cuda|cpu] [--samples 5]
// `roofline` is the time in which the GPU named by --against would move the bytes, or compute the products, at its
// peak;
// --list prints shapes, bytes and rooflines alone and needs no GPU. The training step: bench_wgan --device cuda.
#include "case.hpp"
#include "device/query.hpp"
#include "peaks.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include <fmt/format.h>

namespace protolith::benchmarks {
namespace {

struct Options {
    bool list = false;
    std::string filter, against = "h100", device = "cuda";
    std::int64_t batch = 64, samples = 5;

    Options(int count, char** words) {
        for (int i = 1; i < count; ++i) {
            const std::string word = words[i];
            if (word == "--list") {
                list = true;
                continue;
            }
            if (i + 1 == count) throw std::invalid_argument("unknown option, or its value is missing: " + word);
            const std::string value = words[++i];
            if (word == "--filter")
                filter = value;
            else if (word == "--batch")
                batch = number(word, value);
            else if (word == "--samples")
                samples = number(word, value);
            else if (word == "--against" && gpu_peaks.contains(value))
                against = value;
            else if (word == "--device" && (value == "cuda" || value == "cpu"))
                device = value;
            else
                throw std::invalid_argument("unknown option or value: " + word + " " + value);
        }
    }

  private:
    static std::int64_t number(const std::string& option, const std::string& text) {
        std::size_t used = 0;
        std::int64_t value = 0;
        try {
            value = std::stoll(text, &used);
        } catch (const std::exception&) {
        }
        if (used != text.size() || value < 1)
            throw std::invalid_argument(option + " takes a number from 1 on, not " + text);
        return value;
    }
};

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Seconds of `calls` launches, one behind the other.
double seconds_of(Queue& queue, const std::function<void()>& launch, std::int64_t calls) {
    queue.synchronise();
    const double start = now();
    for (std::int64_t i = 0; i < calls; ++i) launch();
    queue.synchronise();
    return now() - start;
}

/// Median seconds of a launch over samples of at least 20 ms, after some that warm up.
double measured(Queue& queue, const Case& c, std::int64_t samples) {
    const auto launch = c.prepare(queue);
    seconds_of(queue, launch, 1);
    const double once = seconds_of(queue, launch, 1);
    const std::int64_t calls = std::clamp<std::int64_t>(static_cast<std::int64_t>(0.02 / once), 1, 1000);
    std::vector<double> seconds;
    for (std::int64_t i = 0; i < samples; ++i)
        seconds.push_back(seconds_of(queue, launch, calls) / static_cast<double>(calls));
    std::nth_element(seconds.begin(), seconds.begin() + samples / 2, seconds.end());
    return seconds[static_cast<std::size_t>(samples / 2)];
}

std::string columns(const Case& c, const Peaks& peaks) {
    return fmt::format("{:<22} {:<42} {:<8} {:>9.1f} {:>10.1f}", c.kernel, c.shape, name_of(c.type), c.bytes / 1048576,
                       1e6 * peaks.roofline(c.bytes, c.operations, name_of(c.type)));
}

std::string measured_columns(const Case& c, const Peaks& peaks, double seconds) {
    std::string text = fmt::format(" {:>10.1f} {:>8.0f} {:>7.1f} %", 1e6 * seconds, 1e-9 * c.bytes / seconds,
                                   100 * c.bytes / seconds / peaks.memory);
    if (c.operations > 0)
        text += fmt::format(" {:>8.1f} TFLOP/s {:>5.1f} %", 1e-12 * c.operations / seconds,
                            100 * c.operations / seconds / peaks.operations(name_of(c.type)));
    return text;
}

void run(const Options& options) {
    std::vector<Case> cases;
    add_pointwise(cases, options.batch);
    add_sums(cases, options.batch);
    add_rearrangements(cases, options.batch);
    add_products(cases, options.batch);
    const Peaks& peaks = gpu_peaks.at(options.against);
    fmt::print("{:<22} {:<42} {:<8} {:>9} {:>10}", "kernel", "shape", "type", "MiB", "roof µs");
    if (!options.list) fmt::print(" {:>10} {:>8} {:>9}", "time µs", "GB/s", "of " + options.against);
    fmt::print("\n");
    std::unique_ptr<Queue> queue;
    if (!options.list)
        queue = std::make_unique<Queue>(options.device == "cuda" ? kernels::Backend::cuda : kernels::Backend::cpu);
    for (const Case& c : cases) {
        if (c.kernel.find(options.filter) == std::string::npos) continue;
        fmt::print("{}", columns(c, peaks));
        if (queue) {
            fmt::print("{}", measured_columns(c, peaks, measured(*queue, c, options.samples)));
            queue->pool()->trim();
        }
        fmt::print("\n");
        std::fflush(stdout);
    }
}

}  // namespace
}  // namespace protolith::benchmarks

int main(int count, char** words) {
    try {
        const protolith::benchmarks::Options options(count, words);
        if (!options.list && options.device == "cuda") {
            const auto found = protolith::kernels::query_devices();
            if (!found.available) {
                fmt::print(stderr, "bench_gpu: no GPU here: {} (--list shows what would be measured)\n", found.reason);
                return 2;
            }
            fmt::print("{}\n", found.name());
        }
        protolith::benchmarks::run(options);
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "bench_gpu: {}\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_gpu: {}\n", error.what());
        return 1;
    }
}
