// protolith train wgan-gp: trains a generator of rock images against a critic (Gulrajani et al. 2017; GeoWGAN-GP), over
// ranks.
#include "jobs.hpp"
#include "models/wgan_memory.hpp"
#include "nn/summary.hpp"
#include "training_report.hpp"
#include "wgan_training.hpp"

namespace protolith::jobs {

namespace {

/// Bytes that a batch over all ranks, and what lies beside it, take of a rank's memory or of its GPU's.
struct Need {
    nn::MemoryNeed networks;
    double beside;
    int ranks;

    double of(std::int64_t batch) const { return static_cast<double>(networks.of(batch / ranks)) + beside; }
    /// InputError that names the batch that would fit, unless the training fits into what a rank may take.
    void require_within(std::int64_t batch, double allowed) const {
        if (of(batch) <= allowed) return;
        const double rest = allowed - beside;
        const std::int64_t fits = rest > 0 ? networks.largest_batch(static_cast<std::size_t>(rest)) * ranks : 0;
        throw InputError(fmt::format("batch = {} over {} rank{} needs about {} a rank, which may take {}: {}", batch,
                                     ranks, ranks == 1 ? "" : "s", run::readable_bytes(of(batch)),
                                     run::readable_bytes(allowed),
                                     fits > 0 ? fmt::format("batch = {} would fit", fits)
                                              : "no batch would fit; a smaller width or image would"));
    }
};

/// Both networks as papers print them, for `images` of a rank; InputError if the weights of `start_from` do not fit.
std::string networks_of(const TrainWganGpSettings& keys, const models::WganGpSettings& settings, std::int64_t images,
                        Queue& queue, DataType type) {
    const nn::Placement place{queue, type};
    const models::Generator generator(place, settings);
    const models::Critic critic(place, settings);
    load_start(keys.start_from, settings, generator, critic);
    const std::int64_t side = settings.image_size;
    return "Generator\n" + nn::summary(generator, {images, 1, 1, settings.latent}).text() + "\nCritic\n" +
           nn::summary(critic, {images, side, side, settings.channels}).text();
}

run::Plan plan_of(const run::Run& run, const TrainWganGpSettings& keys, const models::WganGpSettings& settings,
                  const TrainingSet& set, DataType type, const Workplace& place) {
    const int ranks = run.context.comm.size();
    run::Plan plan;
    plan.add("training set", fmt::format("{} images of {} × {} pixels: {}", set.samples.count, settings.image_size,
                                         settings.image_size, set.name));
    plan.add("sizes",
             fmt::format("{} numbers, then sides of {} pixels", settings.latent, models::size_chain(settings)));
    plan.add("batch", fmt::format("{} images, {} a rank, {} epochs in all", keys.batch, keys.batch / ranks,
                                  si(static_cast<double>(keys.steps * keys.critic_steps * keys.batch) /
                                     static_cast<double>(set.samples.count))));
    plan.add("steps", fmt::format("{} of the generator, each after {} of the critic", keys.steps, keys.critic_steps));
    plan.add("Adam", fmt::format("learning rate {}{}, betas {} and {}; penalty weight {}", keys.learning_rate,
                                 keys.decay > 0 ? fmt::format(" (falling in the last {:.3g} %)", 100 * keys.decay) : "",
                                 keys.betas[0], keys.betas[1], keys.penalty_weight));
    plan.add("computed in", fmt::format("{}, {}", name_of(type), place.text()));
    plan.files = {"best.h5",
                  "last.h5",
                  "result.h5",
                  "samples/step_….png",
                  "learning_curves.png",
                  "shell_spectrum.png",
                  "two_point_correlation.png",
                  "images.png",
                  "report.html",
                  "summary.json",
                  "status.json",
                  "log.txt",
                  "input.toml"};
    return plan;
}

run::Summary summary_of(const TrainWganGpSettings& keys, const WganTraining& training, const Queue& queue,
                        const Communicator& comm) {
    const auto& loop = training.loop();
    const auto steps = static_cast<double>(loop.steps_made());
    const double seconds = comm.max(loop.step_seconds());
    run::Summary summary;
    if (seconds > 0) {
        summary.add("time per generator step", seconds / steps, "s");
        summary.add("real images per second", steps * static_cast<double>(keys.critic_steps * keys.batch) / seconds,
                    "1/s");
    }
    summary.add("peak memory of tensors a rank", comm.max(static_cast<double>(queue.pool()->use().peak_live)) / 1048576,
                "MiB");
    if (loop.best_error()) {
        const auto errors = loop.measures().column(0);
        summary.add("S2 error, first measured", errors.front(), "1");
        summary.add("S2 error, best", *loop.best_error(), "1");
        summary.add("step of the best", static_cast<double>(loop.best_step()), "");
        summary.add("S2 error between two sets of real images", training.error_between_real_sets(), "1");
    }
    return summary;
}

void train_body(const TrainWganGpSettings& keys, run::Run& run) {
    auto& context = run.context;
    models::WganGpSettings settings = keys.network.settings;
    TrainingSet set;
    const Workplace place = workplace(keys.compute, run);
    Queue& queue = *place.queue;
    const DataType type = activation_type(keys.compute, place, context.log);
    const int ranks = context.comm.size();
    Need need{{}, place.beside(), ranks};
    collectively(context.comm, [&] {
        const auto timer = context.timers.phase("read training set");
        models::validate(settings);
        (void)parallel::share_of_batch(context.comm, keys.batch);
        set = open_training_set(keys.data, settings.image_size);
        if (!place.on_gpu()) need.beside += set.memory;
        need.networks = models::training_memory(settings, type);
        need.require_within(keys.batch, place.memory);
    });
    auto plan = plan_of(run, keys, settings, set, type, place);
    if (place.on_gpu()) plan.add("GPU memory", run::readable_bytes(need.of(keys.batch)) + " a rank");
    plan.memory_per_rank = place.on_gpu() ? set.memory + place.beside() : need.of(keys.batch);

    std::string tables;
    collectively(context.comm, [&] { tables = networks_of(keys, settings, keys.batch / ranks, queue, type); });
    context.log.info("{}", tables);
    if (run.only_planned(plan)) return;
    run.open_directory();
    if (run.already_done()) return;

    std::unique_ptr<WganTraining> training;
    {
        const auto timer = context.timers.phase("first weights");
        training = std::make_unique<WganTraining>(run, keys, settings, set, queue, type);
    }
    training->train();
    report_training(run, keys, *training, set, tables);
    io::remove_checkpoints(context.comm, run.directory().checkpoint());
    run.finish(summary_of(keys, *training, queue, context.comm), static_cast<double>(keys.steps));
}

}  // namespace

run::Job train_wgan_gp() {
    return run::make_job("train wgan-gp", "a generator of rock images, trained against a critic", train_body,
                         run::Backends::cpu_and_gpu);
}

}  // namespace protolith::jobs
