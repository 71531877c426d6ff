#include "run/run.hpp"

#include "base/build_info.hpp"
#include "base/progress.hpp"
#include "io/durable.hpp"

#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

namespace protolith::run {

double peak_memory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024.0;
}

std::string readable_bytes(double bytes) {
    constexpr double KiB = 1024, MiB = KiB * 1024, GiB = MiB * 1024;
    if (bytes >= GiB) return fmt::format("{:.1f} GiB", bytes / GiB);
    if (bytes >= MiB) return fmt::format("{:.1f} MiB", bytes / MiB);
    if (bytes >= KiB) return fmt::format("{:.1f} KiB", bytes / KiB);
    return fmt::format("{:.0f} B", bytes);
}

Run::Run(Context& context_, Options options_, std::string job_, std::string resolved_deck, std::uint64_t seed_)
    : context(context_),
      options(std::move(options_)),
      job(std::move(job_)),
      deck(std::move(resolved_deck)),
      seed(seed_) {
    const auto& build = build_info();
    context.log.info("Protolith {} ({}), job {}, {} rank{}, {}", build.version, build.git_hash, job,
                     context.comm.size(), context.comm.size() == 1 ? "" : "s", context.device.description);
}

bool Run::only_planned(const Plan& plan) {
    std::size_t width = 0;
    for (const auto& line : plan.lines) width = std::max(width, line.first.size());
    for (const auto& [name, value] : plan.lines) context.log.info("  {:<{}}  {}", name, width, value);
    const double machine = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
    if (plan.memory_per_rank > 0)
        context.log.info("  {:<{}}  {} a rank", "memory", width, readable_bytes(plan.memory_per_rank));
    require_input(plan.memory_per_rank < machine, "the plan needs {} a rank, but this machine has {} in all",
                  readable_bytes(plan.memory_per_rank), readable_bytes(machine));
    if (!options.check) return false;
    for (const auto& file : plan.files) context.log.info("  would write {}/{}", options.output, file);
    context.log.info("The deck and the input are valid (--check: nothing was computed or written)");
    return true;
}

Directory& Run::open_directory() {
    directory_ = std::make_unique<Directory>(context, options, job, deck);
    return *directory_;
}

Directory& Run::directory() {
    require(directory_ != nullptr, "the run directory is not open yet");
    return *directory_;
}

bool Run::already_done() const {
    if (directory_->beginning() != Directory::Beginning::already_done) return false;
    context.log.info("{} holds this run, finished: nothing to do (--resume no computes it again)",
                     directory_->path().string());
    return true;
}

std::optional<io::Checkpoint> Run::load_checkpoint() const {
    if (directory_->beginning() != Directory::Beginning::resume) return std::nullopt;
    auto checkpoint = io::load_checkpoint(context.comm, directory_->checkpoint_to_resume(), identity(),
                                          [&](const std::string& what) { context.log.warning("{}", what); });
    if (checkpoint) context.log.info("Going on from {} (step {})", checkpoint->path().string(), checkpoint->step());
    return checkpoint;
}

std::vector<PhaseTime> Run::times() const { return context.timers.table(context.comm); }

io::Provenance Run::provenance() const {
    io::Provenance p = io::describe_run(context.comm);
    const auto& build = build_info();
    p.job = job;
    p.deck = deck;
    p.command_line = options.command_line;
    p.seed = seed;
    p.version = build.version;
    p.git_hash = build.git_hash;
    p.compiler = build.compiler;
    p.build_type = build.build_type;
    for (const auto& library : build.libraries)
        if (library.first != "MPI" && library.first != "HDF5") p.libraries.push_back(library);
    return p;
}

std::string Run::identity() const { return io::text_hash(job + "\n" + deck); }

void Run::finish(const Summary& summary, double total) {
    const auto rows = times();
    const double memory = context.comm.max(peak_memory()), seconds = context.comm.max(context.clock.seconds());
    context.log.info("");
    context.log.info("{:<24} {:>10} {:>10} {:>10}", "phase (s over ranks)", "min", "mean", "max");
    nlohmann::ordered_json phases = nlohmann::ordered_json::array();
    for (const auto& row : rows) {
        context.log.info("{:<24} {:>10.3f} {:>10.3f} {:>10.3f}", row.name, row.min, row.mean, row.max);
        phases.push_back({{"phase", row.name}, {"min_s", row.min}, {"mean_s", row.mean}, {"max_s", row.max}});
    }
    nlohmann::ordered_json numbers = nlohmann::ordered_json::object();
    for (const auto& n : summary.numbers) {
        context.log.info("{:<40} {:>14} {}", n.name, si(n.value), n.unit);
        numbers[n.name] = {{"value", n.value}, {"unit", n.unit}};
    }
    context.log.info("{} in all, peak memory {} a rank; results in {}", readable_duration(seconds),
                     readable_bytes(memory), directory().path().string());
    on_root(context.comm, [&] {
        const nlohmann::ordered_json j = {{"job", job},
                                          {"status", summary.status.empty() ? "complete" : summary.status},
                                          {"ranks", context.comm.size()},
                                          {"seconds", seconds},
                                          {"phases", phases},
                                          {"peak_memory_bytes", memory},
                                          {"results", numbers},
                                          {"git_hash", build_info().git_hash}};
        io::write_atomically(directory().file("summary.json"), j.dump(2) + "\n");
        directory().write_status("done", total, total, "", 0);
    });
}

void Run::stop(double step, double total, const std::string& reason) {
    on_root(context.comm, [&] {
        directory().write_status("stopped", step, total, reason, static_cast<int>(ExitCode::stopped_resumable));
    });
    const bool saved = std::filesystem::exists(directory().checkpoint());
    throw StoppedEarly(fmt::format("stopped early: {}; run the same command again to {}", reason,
                                   saved ? "continue from " + directory().checkpoint().string() : "start over"));
}

Pause Run::pause() const {
    return [this] {
        if (const auto reason = context.stop.reason_here()) throw StoppedEarly("stopped early: " + *reason);
    };
}

void Run::interruptible(const std::function<void()>& work, const std::function<double()>& done, double total,
                        const std::function<void()>& save) {
    try {
        work();
    } catch (const Error& error) {
        if (error.code() != ExitCode::stopped_resumable) throw;
        if (save) save();
        stop(done(), total, context.stop.agreed(context.comm).value_or(error.what()));
    }
}

void Run::note_failure(const std::string& reason, int exit_code) noexcept {
    if (!directory_ || directory_->beginning() == Directory::Beginning::already_done) return;
    try {
        if (exit_code == static_cast<int>(ExitCode::stopped_resumable)) return;  // stop() has said so
        const auto last = directory_->read_status();
        directory_->write_status("failed", last ? last->step : 0, last ? last->total : 0, reason, exit_code);
    } catch (const std::exception&) {  // the disk may be the very reason; the message on the terminal stands
    }
}

}  // namespace protolith::run
