// A training from its first step to its last: validation and samples on the way, the best kept, checkpoints, an early
// stop that can be resumed, an end where the loss diverges.
#pragma once

#include "run/supervisor.hpp"
#include "train/record.hpp"
#include "train/trainer.hpp"

#include <functional>
#include <optional>

namespace protolith::train {

struct LoopSettings {
    std::uint64_t steps = 0;
    std::uint64_t validate_every = 200;  ///< steps; 0: never
    std::uint64_t sample_every = 200;    ///< steps; 0: never
    double checkpoint_interval = 600;    ///< s
};

/// What a training does beside its steps. All are collective.
struct Duties {
    /// Names of what `validate` measures; the first is the error by which the best is chosen, the lower the better.
    std::vector<std::string> measures;
    std::function<std::vector<double>()> validate;
    /// Draws samples of the networks as they are.
    std::function<void(std::uint64_t step)> sample;
    /// Writes the networks' weights to a file of the run directory.
    std::function<void(const std::string& file, std::uint64_t step, double error)> keep;
};

class Loop {
  public:
    static constexpr const char* best_file = "best.h5";
    static constexpr const char* last_file = "last.h5";

    Loop(run::Run& run, Trainer& trainer, LoopSettings settings, Duties duties);

    /// Goes on from the run's checkpoint if there is one, to the last step; then writes the last weights. Throws
    /// StoppedEarly with a checkpoint on disk when asked to stop; Error, naming step and checkpoint, when it diverges.
    /// Collective.
    void run();

    /// Every step's losses; the measures of every validation.
    const Record& losses() const noexcept { return losses_; }
    const Record& measures() const noexcept { return measures_; }
    /// The lowest error, and its step; empty without validation.
    std::optional<double> best_error() const noexcept { return best_error_; }
    std::uint64_t best_step() const noexcept { return best_step_; }
    /// Steps that this process made, and the seconds that they took, validation and checkpoints left out.
    std::uint64_t steps_made() const noexcept { return steps_made_; }
    double step_seconds() const noexcept { return step_seconds_; }

  private:
    void save();
    void go();
    void look();
    void make_step();
    bool due(std::uint64_t every) const;

    run::Run& run_;
    Trainer& trainer_;
    LoopSettings settings_;
    Duties duties_;
    Record losses_, measures_;
    std::optional<double> best_error_;
    std::uint64_t best_step_ = 0, steps_made_ = 0;
    std::optional<std::uint64_t> saved_step_;
    double step_seconds_ = 0;
};

}  // namespace protolith::train
