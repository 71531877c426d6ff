// Protolith's half of compare_pytorch.py: seconds and peak memory of WGAN-GP steps of the companion networks, one JSON
// line. bench_wgan [--size 64] [--latent 512] [--base 16] [--batch 64] [--threads 1] [--precision float32|bfloat16]
// [--seconds 2] [--calls 3]
#include "models/latent.hpp"
#include "models/wgan_gp.hpp"
#include "models/wgan_losses.hpp"
#include "nn/fold.hpp"
#include "nn/initialise.hpp"
#include "optim/adam.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <numeric>

namespace {

using namespace protolith;

struct Options {
    std::map<std::string, std::string> given;

    Options(int argc, char** argv) {
        for (int i = 1; i + 1 < argc; i += 2) given[argv[i]] = argv[i + 1];
    }
    double number(const std::string& key, double otherwise) const {
        const auto found = given.find("--" + key);
        return found == given.end() ? otherwise : std::stod(found->second);
    }
    std::int64_t count(const std::string& key, std::int64_t otherwise) const {
        return static_cast<std::int64_t>(number(key, static_cast<double>(otherwise)));
    }
    DataType precision() const {
        const auto found = given.find("--precision");
        return found != given.end() && found->second == "bfloat16" ? DataType::bfloat16 : DataType::float32;
    }
};

models::WganGpSettings settings_of(const Options& options) {
    const std::int64_t base = options.count("base", 16);
    return {.image_size = options.count("size", 64),
            .latent = options.count("latent", 512),
            .width = base,
            .critic_width = base};
}

/// The steps of a training on random images, as the trainer makes them.
class Training {
  public:
    explicit Training(const Options& options)
        : settings_(settings_of(options)),
          batch_(options.count("batch", 64)),
          queue_(kernels::Backend::cpu, static_cast<int>(options.count("threads", 1))),
          place_{queue_, options.precision()},
          generator_(place_, settings_),
          critic_(place_, settings_),
          generator_adam_(generator_.parameters(), {}),
          critic_adam_(critic_.parameters(), {}) {
        nn::initialise(generator_, 1, models::generator_network);
        nn::initialise(critic_, 1, models::critic_network);
        real_ =
            models::latent_noise(queue_, {batch_, settings_.image_size, settings_.image_size, 1}, place_.type, 2, 0);
    }

    void critic_step() {
        const Tensor fake = generated(generator_, {.training = true});
        const Tensor mix = models::interpolation_mix(queue_, batch_, accumulator_of(place_.type), 3, next());
        critic_adam_.step(models::critic_gradients(critic_, real_, fake, mix, 10.0, {.training = true}).gradients);
    }

    void generator_step() {
        generator_adam_.step(models::generator_gradients(generator_, critic_, noise(), {.training = true}).gradients);
    }

    /// As `protolith generate` does: batch norms folded into the convolutions, once for all batches.
    void generation() {
        if (!folded_) folded_ = nn::folded(generator_);
        generated(*folded_, {.training = false});
    }

    std::int64_t generator_parameters() const { return nn::parameter_count(generator_); }
    std::int64_t critic_parameters() const { return nn::parameter_count(critic_); }

  private:
    std::uint32_t next() { return drawn_ += static_cast<std::uint32_t>(batch_); }
    Tensor noise() { return models::latent_noise(queue_, {batch_, 1, 1, settings_.latent}, place_.type, 4, next()); }
    Tensor generated(nn::Module& network, const nn::Pass& pass) {
        const autograd::NoRecord no_record;
        return network.forward(autograd::Var(noise()), pass).value();
    }

    models::WganGpSettings settings_;
    std::int64_t batch_;
    Queue queue_;
    nn::Placement place_;
    models::Generator generator_;
    models::Critic critic_;
    optim::Adam generator_adam_, critic_adam_;
    std::unique_ptr<nn::Sequential> folded_;
    Tensor real_;
    std::uint32_t drawn_ = 0;
};

/// A line of this process's status in bytes: VmHWM (peak resident), VmRSS (resident now).
double memory(const std::string& line) {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == line + ":") {
            double kibibytes = 0;
            status >> kibibytes;
            return 1024 * kibibytes;
        }
    return 0;
}

/// Median seconds of a call after one that warms up; at least `calls` calls and `least` seconds of them.
template <class Work>
double seconds_of(const Work& work, double least, std::size_t calls) {
    using Clock = std::chrono::steady_clock;
    work();
    std::vector<double> taken;
    while (taken.size() < calls || (std::accumulate(taken.begin(), taken.end(), 0.0) < least && taken.size() < 50)) {
        const auto start = Clock::now();
        work();
        taken.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    }
    std::sort(taken.begin(), taken.end());
    return (taken[(taken.size() - 1) / 2] + taken[taken.size() / 2]) / 2;
}

}  // namespace

int main(int argc, char** argv) {
    const Options options(argc, argv);
    const double least = options.number("seconds", 2);
    const auto calls = static_cast<std::size_t>(options.count("calls", 3));
    const double before = memory("VmRSS");
    Training training(options);
    std::printf("{\"parameters\": [%lld, %lld], \"resident_before\": %.0f",
                static_cast<long long>(training.generator_parameters()),
                static_cast<long long>(training.critic_parameters()), before);
    const auto report = [&](const char* name, auto&& work) {
        const double seconds = seconds_of(work, least, calls);
        std::printf(", \"%s\": {\"seconds\": %.6g, \"peak_memory\": %.0f}", name, seconds, memory("VmHWM"));
    };
    report("generation", [&] { training.generation(); });
    report("generator_step", [&] { training.generator_step(); });
    report("critic_step", [&] { training.critic_step(); });
    std::printf("}\n");
}
