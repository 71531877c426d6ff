// The run directory: who may write into it, what state its run is in, and how an interrupted one is taken up again.
#pragma once

#include "base/context.hpp"
#include "run/options.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace protolith::run {

/// What status.json says.
struct Status {
    std::string job;
    std::string state;  // running, stopped, done, failed
    double step = 0, total = 0;
    std::string reason;  // why it stopped or failed
    int exit_code = 0;
};

class Directory {
  public:
    /// How the job is to begin.
    enum class Beginning { anew, resume, already_done };

    /// Opens `options.output` for a run of `job` with this resolved deck. A directory that holds a run of another deck
    /// is an InputError unless --resume no; nothing is created or changed before that is decided. Collective.
    Directory(Context& context, const Options& options, std::string job, const std::string& resolved_deck);

    const std::filesystem::path& path() const noexcept { return path_; }
    std::filesystem::path file(const std::string& name) const { return path_ / name; }
    Beginning beginning() const noexcept { return beginning_; }
    /// The checkpoint to resume from (--resume FILE or the run's own).
    std::filesystem::path checkpoint_to_resume() const;
    /// The checkpoint that this run writes.
    std::filesystem::path checkpoint() const { return path_ / "checkpoint.h5"; }

    /// Writes status.json (atomically). Any rank may, rank 0 usually does.
    void write_status(const std::string& state, double step, double total, const std::string& reason,
                      int exit_code) const;
    std::optional<Status> read_status() const;

  private:
    Beginning decide(const Options& options, const std::string& resolved_deck) const;
    void create(const std::string& resolved_deck) const;

    Context& context_;
    std::filesystem::path path_;
    std::string job_, resume_;
    Beginning beginning_ = Beginning::anew;
};

}  // namespace protolith::run
