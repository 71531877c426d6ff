// Time to target on one core, printed beside what is to be reached:
// 128 × 128² to E < 1e-7 (the paper: 48 core-hours; to reach 10 s) and 1024² to E < 1e-8 (the paper: no convergence
// above 512²; to reach 10 s). Targets: mean S2 of smoothed noise cut at a level. bench_reconstruct [--only small|large]
// [--set key=value …] with the keys T0, alpha, stages, trials, block, levels, selection (0 uniform, 1 interface), half
// (of the smoothing box), side, images, phi, threshold.
#include "../../tests/anneal/synthetic.hpp"
#include "anneal/reconstruction.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <map>
#include <string>

namespace protolith::anneal {
namespace {

using Options = std::map<std::string, double>;

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double get(const Options& options, const char* key, double value) {
    const auto found = options.find(key);
    return found == options.end() ? value : found->second;
}

void reconstruct(const char* title, Settings settings, double phi, std::uint32_t count, double limit,
                 const Options& options) {
    settings.schedule.initial_temperature = get(options, "T0", settings.schedule.initial_temperature);
    settings.schedule.cooling = get(options, "alpha", settings.schedule.cooling);
    settings.schedule.stages = static_cast<std::uint32_t>(get(options, "stages", settings.schedule.stages));
    settings.schedule.trials_per_stage =
        static_cast<std::uint64_t>(get(options, "trials", static_cast<double>(settings.schedule.trials_per_stage)));
    settings.block_acceptance = get(options, "block", settings.block_acceptance);
    settings.levels = static_cast<std::uint32_t>(get(options, "levels", settings.levels));
    settings.energy_threshold = get(options, "threshold", settings.energy_threshold);
    settings.selection = get(options, "selection", 1) > 0 ? Selection::interface : Selection::uniform;
    count = static_cast<std::uint32_t>(get(options, "count", count));
    const auto half = static_cast<std::size_t>(get(options, "half", 3));
    const auto images = synthetic::smooth_set(settings.extent, phi, half, settings.extent.x > 256 ? 1 : 16);
    const Problem problem(settings, measure_target(images, settings));

    double worst = 0, longest = 0, stages = 0, trials = 0;
    std::uint32_t converged = 0;
    std::size_t memory = 0;
    const double start = cpu_seconds();
    for (std::uint32_t item = 0; item < count; ++item) {
        const double begun = cpu_seconds();
        Reconstruction run(problem, item);
        while (!run.finished()) {
            const StageRecord& r = run.run_stage();
            memory = std::max(memory, run.memory());
            trials += static_cast<double>(r.trials);
            if (get(options, "verbose", 0) > 0 && item == 0)
                std::printf("    level %u stage %3u T %.2e E %.3e acceptance %.4f trials %llu  %.3f s\n", r.level,
                            r.stage, r.temperature, r.energy, r.acceptance, static_cast<unsigned long long>(r.trials),
                            cpu_seconds() - begun);
        }
        longest = std::max(longest, cpu_seconds() - begun);
        worst = std::max(worst, run.state().best_energy);
        stages += static_cast<double>(run.state().history.size());
        converged += run.state().outcome == Outcome::energy_reached;
    }
    const double seconds = cpu_seconds() - start;
    std::printf(
        "%-28s phi %.3f: %7.2f core-s (to reach %.0f), longest %.3f s, %u of %u below %.0e, worst %.2e, "
        "%.1f stages each, %.1f M trials/s, %.2f MB each\n",
        title, phi, seconds, limit, longest, converged, count, settings.energy_threshold, worst, stages / count,
        trials / seconds * 1e-6, static_cast<double>(memory) * 1e-6);
}

void run(const std::string& only, const Options& options) {
    Settings settings;
    settings.schedule = Schedule::fast(settings.extent);
    if (only != "large")
        for (double phi : {0.352, 0.052}) reconstruct("128 × 128²", settings, phi, 128, 10, options);
    if (only == "small") return;
    const auto side = static_cast<std::size_t>(get(options, "side", 1024));
    settings.extent = {1, side, side};
    settings.schedule = Schedule::fast(settings.extent);
    settings.energy_threshold = 1e-8;
    settings.levels = 4;
    for (double phi : {0.352, 0.052}) reconstruct("large, multigrid start", settings, phi, 1, 10, options);
}

}  // namespace
}  // namespace protolith::anneal

int main(int argc, char** argv) {
    std::string only;
    protolith::anneal::Options options;
    for (int k = 1; k + 1 < argc; k += 2) {
        if (std::strcmp(argv[k], "--only") == 0) only = argv[k + 1];
        const char* const equals = std::strchr(argv[k + 1], '=');
        if (equals != nullptr)
            options[std::string(argv[k + 1], static_cast<std::size_t>(equals - argv[k + 1]))] = std::atof(equals + 1);
    }
    protolith::anneal::run(only, options);
    return 0;
}
