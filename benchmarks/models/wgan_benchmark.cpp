// Seconds of a WGAN-GP's critic step with penalty, generator step and generation, and what they reach:
//   bench_wgan --size 128 --width 64 --latent 512 --batch 64 --threads 1 --precision float32 --repeat 3 [--json]
//   [--profile] [--device cuda --against h100 [--graph]]
// GFLOP/s counts the passes of performance.md and no more. Goals there: float32 twice PyTorch's speed, bfloat16 on a
// core with AMX five times its float32. On a GPU: GB/s of the least that these passes must move (inputs and outputs of
// every convolution, weights), both beside the peaks of the GPU named; precision tf32 too; --graph: each step captured
// once as a CUDA graph.
#include "../cuda/peaks.hpp"
#include "base/error.hpp"
#include "base/random.hpp"
#include "models/wgan_gp.hpp"
#include "models/wgan_losses.hpp"
#include "nn/fold.hpp"
#include "nn/initialise.hpp"
#include "nn/summary.hpp"
#include "optim/adam.hpp"
#include "queue/arithmetic.hpp"
#include "queue/graph.hpp"
#include "queue/profile.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <list>
#include <map>
#include <string>

namespace protolith::models {
namespace {

struct Options {
    std::map<std::string, std::string> values{
        {"size", "64"},           {"width", "16"}, {"latent", "512"},        {"batch", "64"},   {"threads", "1"},
        {"precision", "float32"}, {"repeat", "3"}, {"variant", "companion"}, {"device", "cpu"}, {"against", "h100"}};
    bool json = false, profile = false, graph = false;

    Options(int count, char** words) {
        for (int i = 1; i < count; ++i) {
            const std::string word = words[i], name = word.substr(std::min<std::size_t>(2, word.size()));
            if (word == "--json") json = true;
            if (word == "--profile") profile = true;
            if (word == "--graph") graph = true;
            if (word == "--json" || word == "--profile" || word == "--graph") continue;
            require_input(values.contains(name) && i + 1 < count, "unknown option {}", word);
            values[name] = words[++i];
        }
        require_input(cuda() || values["device"] == "cpu", "--device cpu or cuda, not {}", values["device"]);
        require_input(cuda() || !graph, "--graph needs --device cuda");
        require_input(!graph || !profile, "--graph has no single operations for --profile");
        require_input(benchmarks::gpu_peaks.contains(values["against"]), "--against h100, h200 or a100, not {}",
                      values["against"]);
    }
    bool cuda() const { return values.at("device") == "cuda"; }
    const benchmarks::Peaks& peaks() const { return benchmarks::gpu_peaks.at(values.at("against")); }
    std::int64_t number(const std::string& name) const { return std::stoll(values.at(name)); }
    DataType type() const { return values.at("precision") == "bfloat16" ? DataType::bfloat16 : DataType::float32; }
    WganGpSettings settings() const {
        return {.image_size = number("size"),
                .latent = number("latent"),
                .width = number("width"),
                .critic_width = number("width"),
                .variant = values.at("variant") == "mantle" ? WganVariant::mantle : WganVariant::companion};
    }
};

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Bytes of this process in memory: now (VmRSS), or at most so far (VmHWM).
std::size_t resident(const std::string& which) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(which + ":")) return 1024 * std::stoull(line.substr(which.size() + 1));
    return 0;
}

struct Measured {
    std::string name;
    double seconds = 0, gflops = 0;
    double roofline = 0, gigabytes = 0;  // of a GPU: seconds at its peaks; GB/s
    double processor = 0;                // seconds of all threads together: what a busy machine does not change much
    kernels::PoolUse pool;
    std::size_t resident = 0;
    std::map<std::string, kernels::Profile::Entry> profile;
};

class Bench {
  public:
    explicit Bench(const Options& options)
        : options_(options),
          batch_(options.number("batch")),
          queue_(options.cuda() ? kernels::Backend::cuda : kernels::Backend::cpu,
                 static_cast<int>(options.number("threads"))),
          place_{queue_, options.type()},
          settings_(options.settings()),
          generator_(place_, settings_),
          critic_(place_, settings_),
          generator_adam_(generator_.parameters(), {}),
          critic_adam_(critic_.parameters(), {}),
          real_(random({batch_, settings_.image_size, settings_.image_size, settings_.channels}, options.type())) {
        queue_.state<kernels::Arithmetic>().tf32 = options.values.at("precision") == "tf32";
        nn::initialise(generator_, 1, generator_network);
        nn::initialise(critic_, 1, critic_network);
    }

    /// Generation first and the critic's step last, so that each peak of resident memory is that step's own.
    std::vector<Measured> run() {
        const Shape z{batch_, 1, 1, settings_.latent};
        const double g = generator_.operations(z), d = critic_.operations(real_.shape());
        // what the data passes need not compute: gradients of z, of real and of generated images
        const nn::Summary summary_g = nn::summary(generator_, z), summary_d = nn::summary(critic_, real_.shape());
        const double first_g = summary_g.layers.front().operations, first_d = summary_d.layers.front().operations;
        const double moved_g = moved(summary_g), moved_d = moved(summary_d);
        std::vector<Measured> all{generation(g, moved_g)};
        all.push_back(
            measured("generator_step", 3 * g - first_g + 2 * d, 3 * moved_g + 2 * moved_d, [&] { generator_step(); }));
        all.push_back(
            measured("critic_step", g + 10 * d - 2 * first_d, moved_g + 10 * moved_d, [&] { critic_step(); }));
        return all;
    }

    std::pair<std::int64_t, std::int64_t> parameters() const {
        return {nn::parameter_count(generator_), nn::parameter_count(critic_)};
    }

  private:
    Tensor random(const Shape& shape, DataType type) {
        RandomStream stream(1, RandomPurpose::test, drawn_++);
        std::vector<double> values(static_cast<std::size_t>(shape.elements()));
        for (double& value : values) value = stream.uniform(-1.0, 1.0);
        return Tensor::from(queue_, shape, type, values);
    }
    /// Anew for each step; a graph can only repeat the first, since the host draws them.
    Tensor noise() {
        if (!options_.graph) return random({batch_, 1, 1, settings_.latent}, options_.type());
        if (!noise_) noise_ = random({batch_, 1, 1, settings_.latent}, options_.type());
        return noise_;
    }
    Tensor mix() {
        if (!options_.graph) return random({batch_}, accumulator_of(options_.type()));
        if (!mix_) mix_ = random({batch_}, accumulator_of(options_.type()));
        return mix_;
    }

    /// Bytes of one pass through the convolutions: each reads its input and its weights and writes its output.
    double moved(const nn::Summary& network) const {
        double bytes = 0;
        std::int64_t input = network.input.elements();
        for (const auto& layer : network.layers) {
            const std::int64_t output = layer.output.elements();
            if (layer.operations > 0)
                bytes += static_cast<double>(input + output) * static_cast<double>(size_of(options_.type())) +
                         static_cast<double>(layer.parameters) * 4;
            input = output;
        }
        return bytes;
    }

    Measured generation(double operations, double bytes) {
        const autograd::NoRecord no_record;
        const auto network = nn::folded(generator_);
        return measured("generation", operations, bytes,
                        [&] { (void)network->forward(autograd::Var(noise()), {.training = false}); });
    }

    void generator_step() { generator_adam_.step(generator_gradients(generator_, critic_, noise(), {}).gradients); }

    void critic_step() {
        Tensor fake;
        {
            const autograd::NoRecord no_record;
            fake = generator_.forward(autograd::Var(noise()), {}).value();
        }
        critic_adam_.step(critic_gradients(critic_, real_, fake, mix(), 10.0, {}).gradients);
    }

    /// Median of the calls after one that warms up.
    Measured measured(const std::string& name, double operations, double bytes, const std::function<void()>& launch) {
        launch();
        kernels::Graph& graph = graphs_.emplace_back(queue_);
        if (options_.graph) graph.capture(launch);
        const auto work = [&] {
            options_.graph ? graph.launch() : launch();
            queue_.synchronise();
        };
        work();
        queue_.pool()->reset_peak();
        std::vector<double> seconds;
        Measured result;
        result.name = name;
        kernels::Profile profile(queue_);
        if (!options_.profile) queue_.watch(nullptr);
        const double before = processor_seconds();
        for (std::int64_t i = 0; i < options_.number("repeat"); ++i) {
            const double start = now();
            work();
            seconds.push_back(now() - start);
        }
        result.processor = (processor_seconds() - before) / static_cast<double>(seconds.size());
        std::nth_element(seconds.begin(), seconds.begin() + static_cast<std::int64_t>(seconds.size() / 2),
                         seconds.end());
        result.seconds = seconds[seconds.size() / 2];
        result.gflops = operations / result.seconds * 1e-9;
        result.gigabytes = bytes / result.seconds * 1e-9;
        result.roofline = options_.peaks().roofline(bytes, operations, options_.values.at("precision"));
        result.pool = queue_.pool()->use();
        result.resident = options_.cuda() ? result.pool.peak_held : resident("VmHWM");
        result.profile = profile.entries();
        return result;
    }

    const Options& options_;
    std::int64_t batch_;
    Queue queue_;
    nn::Placement place_;
    WganGpSettings settings_;
    Generator generator_;
    Critic critic_;
    optim::Adam generator_adam_, critic_adam_;
    Tensor real_;
    Tensor noise_, mix_;
    std::list<kernels::Graph> graphs_;  // they own what the captured steps keep
    std::uint32_t drawn_ = 0;
};

/// `parameters` of generator and critic; `loaded`: bytes in memory before the networks were made.
void print_json(const std::vector<Measured>& all, std::pair<std::int64_t, std::int64_t> parameters,
                std::size_t loaded) {
    std::string text =
        fmt::format("\"parameters\": [{}, {}], \"resident_before\": {}", parameters.first, parameters.second, loaded);
    for (const auto& m : all)
        text += fmt::format(
            ", \"{}\": {{\"seconds\": {:.6g}, \"processor_seconds\": {:.6g}, \"gflops\": {:.4g}, "
            "\"peak_memory\": {}, \"pool_live\": {}, \"pool_held\": {}}}",
            m.name, m.seconds, m.processor, m.gflops, m.resident, m.pool.peak_live, m.pool.peak_held);
    fmt::print("{{{}}}\n", text);
}

/// Beside what the GPU could do.
void print_rooflines(const Measured& m, const Options& options) {
    const auto& peaks = options.peaks();
    fmt::print("{:<15} {:9.3f} ms, at the peaks of {} {:.3f} ms; {:.1f} TFLOP/s ({:.1f} %), {:.0f} GB/s ({:.1f} %)\n",
               m.name, 1e3 * m.seconds, options.values.at("against"), 1e3 * m.roofline, 1e-3 * m.gflops,
               100e9 * m.gflops / peaks.operations(options.values.at("precision")), m.gigabytes,
               100e9 * m.gigabytes / peaks.memory);
}

void print_text(const std::vector<Measured>& all, const Options& options) {
    constexpr double mib = 1 << 20;
    for (const auto& m : all) {
        if (options.cuda()) print_rooflines(m, options);
        fmt::print(
            "{:<15} {:9.4f} s (processor {:.4f}) {:8.1f} GFLOP/s   pool {:.0f} MiB live, {:.0f} held; resident "
            "{:.0f}\n",
            m.name, m.seconds, m.processor, m.gflops, static_cast<double>(m.pool.peak_live) / mib,
            static_cast<double>(m.pool.peak_held) / mib, static_cast<double>(m.resident) / mib);
        std::vector<std::pair<double, std::string>> lines;
        const auto repeats = static_cast<double>(options.number("repeat"));
        for (const auto& [operation, entry] : m.profile)
            lines.emplace_back(entry.seconds / repeats,
                               fmt::format("{} × {}", entry.calls / options.number("repeat"), operation));
        std::sort(lines.rbegin(), lines.rend());
        for (const auto& [seconds, text] : lines)
            fmt::print("    {:9.4f} s {:5.1f} %  {}\n", seconds, 100 * seconds / m.seconds, text);
    }
}

}  // namespace
}  // namespace protolith::models

int main(int count, char** words) {
    using namespace protolith::models;
    try {
        const Options options(count, words);
        const std::size_t loaded = options.cuda() ? 0 : resident("VmRSS");
        Bench bench(options);
        const auto all = bench.run();
        options.json ? print_json(all, bench.parameters(), loaded) : print_text(all, options);
    } catch (const protolith::Error& error) {
        fmt::print(stderr, "{}\n", error.what());
        return static_cast<int>(error.code());
    } catch (const std::exception& error) {  // of a GPU
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
