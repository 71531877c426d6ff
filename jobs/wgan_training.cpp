#include "wgan_training.hpp"

#include "descriptors/curve_statistics.hpp"
#include "nn/fold.hpp"
#include "nn/initialise.hpp"
#include "train/draws.hpp"
#include "train/sample_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace protolith::jobs {

namespace {

constexpr nn::Pass training_pass{};

train::LoopSettings loop_settings(const TrainWganGpSettings& keys) {
    return {static_cast<std::uint64_t>(keys.steps), static_cast<std::uint64_t>(keys.validation.interval),
            static_cast<std::uint64_t>(keys.samples.interval), keys.checkpoint_interval};
}

optim::AdamSettings adam_settings(const TrainWganGpSettings& keys) {
    return {.learning_rate = keys.learning_rate, .beta1 = keys.betas.at(0), .beta2 = keys.betas.at(1)};
}

optim::Schedule schedule(const TrainWganGpSettings& keys) {
    const std::int64_t falling = std::llround(keys.decay * static_cast<double>(keys.steps));
    if (falling == 0) return {};
    return {.kind = optim::ScheduleKind::linear, .from = keys.steps - falling, .to = keys.steps};
}

}  // namespace

WganTraining::WganTraining(run::Run& run, const TrainWganGpSettings& keys, const models::WganGpSettings& settings,
                           const TrainingSet& set, Queue& queue, DataType type)
    : run_(run),
      keys_(keys),
      settings_(settings),
      set_(set),
      queue_(queue),
      type_(type),
      replicas_(run.context.comm, queue),
      mine_(parallel::share_of_batch(run.context.comm, keys.batch)),
      generator_(nn::Placement{queue, type}, settings),
      critic_(nn::Placement{queue, type}, settings),
      batches_(set.samples, keys.seed, keys.batch, mine_, keys.augmentation),
      real_images_(queue, batches_.shape(), type,
                   [this](std::uint64_t update, std::span<float> values) { batches_.load(update, values); }),
      critic_latents_(latents(RandomPurpose::critic_latent)),
      mixing_factors_(queue, {batches_.shape()[0]}, accumulator_of(type),
                      [this](std::uint64_t update, std::span<float> values) {
                          train::draw_uniform(keys_.seed, RandomPurpose::interpolate, update, mine_, values);
                      }),
      generator_latents_(latents(RandomPurpose::generator_latent)),
      critic_work_(queue, keys.cuda_graph),
      generator_work_(queue, keys.cuda_graph),
      trainer_(replicas_, players(), keys.diverged_above, run.context.timers),
      loop_(run, trainer_, loop_settings(keys), duties()) {}

std::vector<train::Player> WganTraining::players() {
    nn::initialise(generator_, keys_.seed, models::generator_network);
    nn::initialise(critic_, keys_.seed, models::critic_network);
    collectively(run_.context.comm, [&] { load_start(keys_.start_from, settings_, generator_, critic_); });
    return {critic_player(), generator_player()};
}

train::Staged WganTraining::latents(RandomPurpose purpose) {
    return {queue_,
            {batches_.shape()[0], 1, 1, settings_.latent},
            type_,
            [this, purpose](std::uint64_t update, std::span<float> values) {
                train::draw_normal(keys_.seed, purpose, update, mine_, values);
            }};
}

train::Player WganTraining::critic_player() {
    train::Player player;
    player.name = "critic";
    player.parameters = critic_.parameters();
    player.buffers = critic_.buffers();
    player.adam = adam_settings(keys_);
    player.schedule = schedule(keys_);
    player.updates = static_cast<int>(keys_.critic_steps);
    player.terms = {"distance", "penalty"};
    player.differentiate = [this](std::uint64_t update, const train::GradientReady& ready) -> train::ReadLosses {
        const Tensor real = real_images_.take(update), mix = mixing_factors_.take(update),
                     z = critic_latents_.take(update);
        const auto work = [&](const train::GradientReady& tell) {
            const Tensor fake = [&] {
                const autograd::NoRecord no_record;
                return generator_.forward(autograd::Var(z), training_pass).value();
            }();
            return models::critic_gradients(critic_, real, fake, mix, keys_.penalty_weight, training_pass, tell);
        };
        auto result = critic_work_.run(work, ready);
        result.gradients.clear();  // handed over; only the losses remain to be read
        return [result]() -> train::Losses {
            const auto losses = result.losses();
            return {losses.loss, {losses.real_score - losses.fake_score, losses.penalty}};
        };
    };
    player.prepare = [this](std::uint64_t update) {
        real_images_.prepare(update);
        critic_latents_.prepare(update);
        mixing_factors_.prepare(update);
    };
    return player;
}

train::Player WganTraining::generator_player() {
    train::Player player;
    player.name = "generator";
    player.parameters = generator_.parameters();
    player.buffers = generator_.buffers();
    player.adam = adam_settings(keys_);
    player.schedule = schedule(keys_);
    player.terms = {"loss"};
    player.differentiate = [this](std::uint64_t update, const train::GradientReady& ready) -> train::ReadLosses {
        const Tensor z = generator_latents_.take(update);
        const auto work = [&](const train::GradientReady& tell) {
            return models::generator_gradients(generator_, critic_, z, training_pass, tell);
        };
        auto result = generator_work_.run(work, ready);
        result.gradients.clear();
        return [result]() -> train::Losses {
            const double loss = result.loss();
            return {loss, {loss}};
        };
    };
    player.prepare = [this](std::uint64_t update) { generator_latents_.prepare(update); };
    return player;
}

train::Duties WganTraining::duties() {
    measure_real_images();
    train::Duties duties;
    duties.measures = {"S2 error", "threshold", "phase fraction"};
    duties.validate = [this] {
        last_ = quality();
        return std::vector<double>{last_.error, last_.threshold, last_.phase_fraction};
    };
    duties.sample = [this](std::uint64_t step) { draw_sheet(step); };
    duties.keep = [this](const std::string& file, std::uint64_t step, double error) { keep(file, step, error); };
    return duties;
}

void WganTraining::measure_real_images() {
    const auto& comm = run_.context.comm;
    const auto& samples = set_.samples;
    const auto count = std::min(static_cast<std::size_t>(keys_.validation.images), samples.count);
    const auto measure = [&](std::size_t offset) {
        return train::mean_two_point(comm, phases_of(samples, count, offset, comm.share(count)), extent());
    };
    real_ = measure(0);
    real_error_ = samples.count >= 2 * count ? descriptors::mean_square_error(real_, measure(samples.count / count / 2))
                                             : std::numeric_limits<double>::quiet_NaN();
}

Extent WganTraining::extent() const {
    const auto side = static_cast<std::size_t>(settings_.image_size);
    return {1, side, side};
}

std::vector<float> WganTraining::draw(std::size_t count) {
    const autograd::NoRecord no_record;
    const auto network = nn::folded(generator_);
    const ItemRange items = run_.context.comm.share(count);
    std::vector<float> values;
    for (std::size_t first = items.first; first < items.last; first += mine_.size()) {
        const ItemRange together{first, std::min(first + mine_.size(), items.last)};
        const Tensor z = train::normal_draws(queue_, type_, keys_.seed, RandomPurpose::validation, 0, together,
                                             {1, 1, settings_.latent});
        const auto images = network->forward(autograd::Var(z), {.training = false}).value().to_floats();
        values.insert(values.end(), images.begin(), images.end());
    }
    return values;
}

train::PhaseQuality WganTraining::quality() {
    return train::phase_quality(run_.context.comm, draw(static_cast<std::size_t>(keys_.validation.images)), extent(),
                                real_);
}

void WganTraining::draw_sheet(std::uint64_t step) {
    const auto& comm = run_.context.comm;
    const auto count = static_cast<std::size_t>(keys_.samples.images);
    const auto images = train::first_images(comm, draw(count), extent(), count);
    on_root(comm, [&] {
        const auto folder = run_.directory().file("samples");
        std::filesystem::create_directories(folder);
        train::write_sheet(folder / fmt::format("step_{:07}.png", step), images);
    });
}

std::vector<train::NetworkWeights> WganTraining::weights() const {
    return {train::weights_of("generator", generator_), train::weights_of("critic", critic_)};
}

void WganTraining::keep(const std::string& file, std::uint64_t step, double error) {
    train::write_weights(run_.context.comm, run_.directory().file(file), run_.provenance(),
                         wgan_facts(settings_, step, error), weights());
}

void WganTraining::train() {
    loop_.run();
    if (last_.generated.r.empty()) last_ = quality();
    best_ = last_;
    if (loop_.best_error()) take_up_best();
}

void WganTraining::take_up_best() {
    collectively(run_.context.comm, [&] {
        const train::WeightsFile file(run_.directory().file(train::Loop::best_file));
        for (const auto& network : weights()) file.load(network);
    });
    best_ = quality();
}

}  // namespace protolith::jobs
