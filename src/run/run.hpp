// One run of a job: its surroundings, its plan, its directory and the papers that it leaves behind.
#pragma once

#include "base/context.hpp"
#include "base/deck/writer.hpp"
#include "io/checkpoint.hpp"
#include "io/provenance.hpp"
#include "run/directory.hpp"
#include "run/options.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace protolith::run {

/// What --check prints and every run logs first: sizes, memory per rank, files to be written.
struct Plan {
    std::vector<std::pair<std::string, std::string>> lines;
    double memory_per_rank = 0;  // bytes
    std::vector<std::string> files;

    void add(std::string name, std::string value) { lines.emplace_back(std::move(name), std::move(value)); }
};

/// Collects what the end of a run reports: application rates and numbers of the job.
struct Summary {
    struct Number {
        std::string name;
        double value;
        std::string unit;
    };
    std::vector<Number> numbers;
    std::string status;  ///< what a reader must know before the numbers: "not converged"; empty: nothing
    void add(std::string name, double value, std::string unit) {
        numbers.push_back({std::move(name), value, std::move(unit)});
    }
};

class Run {
  public:
    Run(Context& context, Options options, std::string job, std::string resolved_deck, std::uint64_t seed);

    Context& context;
    const Options options;
    const std::string job, deck;
    const std::uint64_t seed;

    /// Shows the plan; true if that was all that was asked for (--check). Throws InputError if a rank of this machine
    /// has less memory than the plan needs.
    bool only_planned(const Plan& plan);

    /// Opens the run directory: from here on status.json is kept. Collective.
    Directory& open_directory();
    Directory& directory();
    /// True, and said, if the directory holds this very run, finished: there is nothing to do.
    bool already_done() const;
    /// The checkpoint to go on from, if this run is a resumption; what is wrong with a generation is warned of.
    /// Collective.
    std::optional<io::Checkpoint> load_checkpoint() const;
    bool has_directory() const noexcept { return directory_ != nullptr; }

    /// Ends the run well: timing table to the log, summary.json, status "done" with `total` steps. Collective.
    void finish(const Summary& summary, double total);
    /// Stops with a checkpoint written: status "stopped", then throws StoppedEarly (exit code 75). Collective.
    [[noreturn]] void stop(double step, double total, const std::string& reason);
    /// For long work on one rank: throws StoppedEarly there when a signal came or the time is up.
    Pause pause() const;
    /// Runs `work`, of which every rank throws together what pause() threw on any (collectively, on_root); then `save`
    /// writes a checkpoint and the run stops after `done()` steps of `total`. Collective.
    void interruptible(const std::function<void()>& work, const std::function<double()>& done, double total,
                       const std::function<void()>& save = {});
    /// Leaves the reason of a failure in status.json; never throws.
    void note_failure(const std::string& reason, int exit_code) noexcept;

    /// Rows of the timing table, for the report (collective).
    std::vector<PhaseTime> times() const;
    /// What every file of this run says of its origin (collective).
    io::Provenance provenance() const;
    /// What a checkpoint must belong to: job and resolved deck.
    std::string identity() const;

  private:
    std::unique_ptr<Directory> directory_;
};

/// Peak resident memory of this process in bytes.
double peak_memory();
/// "1.3 GiB", "12 MiB".
std::string readable_bytes(double bytes);

}  // namespace protolith::run
