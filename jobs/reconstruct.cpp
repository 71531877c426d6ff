// protolith reconstruct: statistically equivalent images by simulated annealing (Yeong & Torquato 1998), over ranks.
#include "anneal/batch.hpp"
#include "annealing_target.hpp"
#include "image_store.hpp"
#include "jobs.hpp"
#include "load_images.hpp"
#include "reconstruction_report.hpp"
#include "reconstruction_result.hpp"
#include "run/supervisor.hpp"

namespace protolith::jobs {

namespace {

run::Plan plan_of(const run::Run& run, const ReconstructSettings& keys, const anneal::Problem& problem,
                  std::size_t target_images) {
    const auto& settings = problem.settings();
    const auto ranks = static_cast<std::size_t>(run.context.comm.size());
    const auto count = static_cast<std::size_t>(keys.batch.count), share = (count + ranks - 1) / ranks;
    run::Plan plan;
    plan.add("target", fmt::format("{} image{}, phase fraction {:.4f} to be made", target_images,
                                   target_images == 1 ? "" : "s", problem.target().phase_fraction));
    plan.add("reconstructions", fmt::format("{} of {}, {} a rank", count, to_string(settings.extent), share));
    std::string terms;
    for (const auto& term : settings.terms)
        terms += fmt::format("{}{} (r ≤ {}, weight {})", terms.empty() ? "" : ", ", anneal::to_string(term.kind),
                             term.range, term.weight);
    plan.add("energy", terms);
    plan.add("schedule",
             fmt::format("T0 {}, alpha {}, {} stages of {} trials, {} level{}", settings.schedule.initial_temperature,
                         settings.schedule.cooling, settings.schedule.stages,
                         si(static_cast<double>(settings.trials_on(settings.extent))), settings.levels,
                         settings.levels == 1 ? "" : "s"));
    const auto working = static_cast<double>(anneal::Reconstruction(problem, 0).memory());
    plan.add("one reconstruction",
             fmt::format("{} in work, {} when done", run::readable_bytes(working),
                         run::readable_bytes(2.0 * static_cast<double>(settings.extent.count()))));
    plan.memory_per_rank =
        working + 4.0 * static_cast<double>(share) * static_cast<double>(settings.extent.count()) + 64e6;
    plan.files = {"result.h5",   "report.html", "images.png", "correlation_functions.png", "energy.png", "summary.json",
                  "status.json", "log.txt",     "input.toml"};
    return plan;
}

void save(const run::Run& run, const run::Directory& directory, const anneal::Batch& batch, std::size_t count,
          std::uint64_t step) {
    std::vector<std::string> states;
    for (std::size_t item = batch.items().first; item < batch.items().last; ++item) {
        const auto* state = batch.state(item);
        const auto bytes = state ? anneal::pack(*state) : std::vector<std::byte>{};
        states.emplace_back(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    io::CheckpointWriter writer(run.context.comm, directory.checkpoint(), run.provenance(), run.identity(), step);
    writer.blobs("states", count, batch.items(), states);
    writer.commit();
}

void restore(anneal::Batch& batch, const io::Checkpoint& checkpoint) {
    for (const auto& bytes : checkpoint.blobs("states", batch.items()))
        if (!bytes.empty()) batch.restore(anneal::unpack(std::as_bytes(std::span(bytes.data(), bytes.size()))));
}

/// Anneals until every item is done; throws StoppedEarly with a checkpoint on disk when asked to stop.
anneal::Progress anneal_batch(run::Run& run, anneal::Batch& batch, const ReconstructSettings& keys) {
    const auto timer = run.context.timers.phase("anneal");
    const auto count = static_cast<std::size_t>(keys.batch.count);
    std::uint64_t step = 0;
    run::Supervisor supervisor(run, "Annealing", static_cast<double>(count), "reconstructions",
                               keys.checkpoint_interval, [&] { save(run, run.directory(), batch, count, step); });
    const Clock clock;
    const std::uint64_t trials_before = batch.progress().trials;
    const bool done = batch.run(0.2, [&](const anneal::Progress& p) {
        step = p.stages;
        const double rate = static_cast<double>(p.trials - trials_before) / std::max(clock.seconds(), 1e-9);
        return supervisor.go_on(static_cast<double>(p.finished), fmt::format("{}trials/s", si(rate)));
    });
    if (!done) supervisor.stop();
    return batch.progress();
}

void reconstruct_body(const ReconstructSettings& keys, run::Run& run) {
    auto& context = run.context;
    std::vector<PhaseVolume> images;
    std::unique_ptr<anneal::Problem> problem;
    collectively(context.comm, [&] {
        const auto timer = context.timers.phase("read target");
        images = load_set(keys.target.source);
        const auto settings = annealing_settings(keys, images);
        problem = std::make_unique<anneal::Problem>(settings, annealing_target(keys, settings, images));
    });
    if (run.only_planned(plan_of(run, keys, *problem, images.size()))) return;
    auto& directory = run.open_directory();
    if (run.already_done()) return;

    const auto count = static_cast<std::size_t>(keys.batch.count);
    anneal::Batch batch(context.comm, *problem, static_cast<std::uint32_t>(count));
    if (const auto checkpoint = run.load_checkpoint()) collectively(context.comm, [&] { restore(batch, *checkpoint); });
    const auto before = batch.progress();
    const Clock clock;
    const auto progress = anneal_batch(run, batch, keys);
    const double seconds = context.comm.max(clock.seconds());

    const ReconstructionResult result(context.comm, batch, *problem, count);
    result.write(run, *problem);
    run.interruptible([&] { report_reconstruction(run, keys, *problem, images, result); },
                      [&] { return static_cast<double>(count); }, static_cast<double>(count),
                      [&] { save(run, directory, batch, count, batch.progress().stages); });
    io::remove_checkpoints(context.comm, directory.checkpoint());

    run::Summary summary;
    const auto trials = static_cast<double>(progress.trials - before.trials);
    summary.add("trials per second", trials / seconds, "1/s");
    summary.add("reconstructions per second", static_cast<double>(progress.finished - before.finished) / seconds,
                "1/s");
    summary.add("reconstructions that reached the energy", static_cast<double>(result.converged()),
                fmt::format("of {}", count));
    run.finish(summary, static_cast<double>(count));
}

}  // namespace

run::Job reconstruct() {
    return run::make_job("reconstruct", "images with given correlation functions, by simulated annealing",
                         reconstruct_body);
}

}  // namespace protolith::jobs
