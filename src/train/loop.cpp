#include "train/loop.hpp"

#include <cmath>

namespace protolith::train {

Loop::Loop(run::Run& run, Trainer& trainer, LoopSettings settings, Duties duties)
    : run_(run),
      trainer_(trainer),
      settings_(settings),
      duties_(std::move(duties)),
      losses_("losses", trainer.columns()),
      measures_("measures", duties_.measures) {}

void Loop::run() {
    if (const auto checkpoint = run_.load_checkpoint())
        collectively(run_.context.comm, [&] {
            trainer_.restore(*checkpoint);
            losses_.load(*checkpoint);
            measures_.load(*checkpoint);
            const auto best = checkpoint->replicated<double>("best");
            if (best.size() == 2) {
                best_error_ = best[0];
                best_step_ = static_cast<std::uint64_t>(best[1]);
            }
            saved_step_ = trainer_.steps();
        });
    try {
        go();
    } catch (const Diverged& diverged) {
        const std::string last = saved_step_ ? fmt::format("the last good checkpoint is {} (step {})",
                                                           run_.directory().checkpoint().string(), *saved_step_)
                                             : std::string("there is no checkpoint yet");
        throw CollectiveError(
            fmt::format("{}: the training has diverged; {}. A lower learning rate may help{}", diverged.what(), last,
                        best_error_ ? fmt::format(", with start_from = \"{}\" (step {})",
                                                  run_.directory().file(best_file).string(), best_step_)
                                    : ""),
            ExitCode::failure);
    }
}

void Loop::go() {
    run::Supervisor supervisor(run_, "Training", static_cast<double>(settings_.steps), "steps",
                               settings_.checkpoint_interval, [&] { save(); });
    if (trainer_.steps() == 0) look();
    while (trainer_.steps() < settings_.steps) {
        make_step();
        look();
        std::string detail;
        for (std::size_t i = 0; i < losses_.columns().size(); ++i)
            detail += fmt::format("{}{} {:.4g}", i == 0 ? "" : ", ", losses_.columns()[i], losses_.last(i));
        if (best_error_) detail += fmt::format(", best error {:.3g}", *best_error_);
        if (!supervisor.go_on(static_cast<double>(trainer_.steps()), detail)) supervisor.stop();
    }
    save();  // what follows (reports) may be stopped too
    duties_.keep(last_file, trainer_.steps(), measures_.columns().empty() ? NAN : measures_.last(0));
}

void Loop::make_step() {
    const Clock clock;
    const auto values = trainer_.step();
    step_seconds_ += clock.seconds();
    ++steps_made_;
    losses_.add(trainer_.steps(), values);
}

bool Loop::due(std::uint64_t every) const {
    return every > 0 && (trainer_.steps() % every == 0 || trainer_.steps() == settings_.steps);
}

void Loop::look() {
    if (due(settings_.validate_every)) {
        const auto timer = run_.context.timers.phase("validate");
        const auto measured = duties_.validate();
        measures_.add(trainer_.steps(), measured);
        const double error = measured.at(0);
        if (std::isfinite(error) && (!best_error_ || error < *best_error_)) {
            best_error_ = error;
            best_step_ = trainer_.steps();
            duties_.keep(best_file, best_step_, error);
        }
    }
    if (due(settings_.sample_every)) {
        const auto timer = run_.context.timers.phase("samples");
        duties_.sample(trainer_.steps());
    }
}

void Loop::save() {
    io::CheckpointWriter writer(run_.context.comm, run_.directory().checkpoint(), run_.provenance(), run_.identity(),
                                trainer_.steps());
    trainer_.save(writer);
    losses_.save(writer);
    measures_.save(writer);
    writer.replicated("best", best_error_ ? std::vector<double>{*best_error_, static_cast<double>(best_step_)}
                                          : std::vector<double>{});
    writer.commit();
    saved_step_ = trainer_.steps();
}

}  // namespace protolith::train
