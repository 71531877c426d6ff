// protolith generate: images from a trained generator, image k from (seed, k), over ranks.
#include "generation_report.hpp"
#include "jobs.hpp"
#include "latent_path.hpp"
#include "models/wgan_memory.hpp"
#include "nn/fold.hpp"
#include "run/supervisor.hpp"
#include "train/draws.hpp"
#include "train/phase_quality.hpp"
#include "wgan_networks.hpp"

#include <algorithm>

namespace protolith::jobs {

namespace {

/// A generator ready to draw: batch norm folded into its convolutions.
class Drawing {
  public:
    Drawing(const GenerateSettings& keys, const models::WganGpSettings& settings, const train::WeightsFile& file,
            Queue& queue, DataType type)
        : keys_(keys), latent_(settings.latent), queue_(queue), type_(type) {
        const models::Generator generator(nn::Placement{queue, type}, settings);
        file.load(train::weights_of("generator", generator));
        network_ = nn::folded(generator);
    }

    /// The latents of images first, first + 1, …
    Tensor latents(std::size_t first, std::size_t count) const {
        return train::normal_draws(queue_, type_, keys_.seed, RandomPurpose::latent, 0, {first, first + count},
                                   {keys_.latent_extent[0], keys_.latent_extent[1], latent_});
    }
    std::vector<float> images(const Tensor& latents) const {
        const autograd::NoRecord no_record;
        return network_->forward(autograd::Var(latents), {.training = false}).value().to_floats();
    }
    /// Images from `first` to the end of its group, or to `last`. The last bits of an image depend on the batch in
    /// which it is computed, so that every image has its place in a group of fixed size, whoever draws it.
    std::vector<float> group(std::size_t first, std::size_t last, std::size_t group_size) const {
        const std::size_t begin = first / group_size * group_size;
        auto all = images(latents(begin, group_size));
        const std::size_t each = all.size() / group_size;
        all.resize((std::min(last, begin + group_size) - begin) * each);
        all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>((first - begin) * each));
        return all;
    }
    /// The images of one path, one after the other.
    std::vector<float> path(std::size_t which) const {
        const auto a = latents(2 * which, 1).to_floats(), b = latents(2 * which + 1, 1).to_floats();
        std::vector<float> all;
        for (std::int64_t step = 0; step < keys_.interpolation.steps; ++step) {
            const double t = static_cast<double>(step) / static_cast<double>(keys_.interpolation.steps - 1);
            const auto z = between(a, b, t, keys_.interpolation.path);
            const auto image = images(Tensor::from(queue_, latents(0, 1).shape(), type_, std::span<const float>(z)));
            all.insert(all.end(), image.begin(), image.end());
        }
        return all;
    }

  private:
    const GenerateSettings& keys_;
    std::int64_t latent_;
    Queue& queue_;
    DataType type_;
    std::unique_ptr<nn::Sequential> network_;
};

Extent extent_of(const GenerateSettings& keys, const models::WganGpSettings& settings) {
    const auto side = [&](std::int64_t latent) {
        return static_cast<std::size_t>((latent + 3) * settings.image_size / 4);
    };
    return {1, side(keys.latent_extent[0]), side(keys.latent_extent[1])};
}

/// Images that are computed together: fewer where they are large.
std::size_t group_size(const Extent& extent) {
    constexpr std::size_t most = 16, pixels = std::size_t{1} << 20;
    return std::clamp<std::size_t>(pixels / extent.count(), 1, most);
}

nn::MemoryNeed memory_need(const GenerateSettings& keys, const models::WganGpSettings& settings, DataType type) {
    nn::MemoryNeed need = models::generation_memory(settings, type);
    const double larger = static_cast<double>(extent_of(keys, settings).count()) /
                          static_cast<double>(settings.image_size * settings.image_size);
    need.per_image = static_cast<std::size_t>(static_cast<double>(need.per_image) * larger);
    return need;
}

run::Plan plan_of(const run::Run& run, const GenerateSettings& keys, const models::WganGpSettings& settings,
                  const train::WeightsFile& file, DataType type, const Workplace& place) {
    const auto ranks = static_cast<std::size_t>(run.context.comm.size());
    const Extent extent = extent_of(keys, settings);
    const auto count = static_cast<std::size_t>(keys.count), part = (count + ranks - 1) / ranks;
    run::Plan plan;
    plan.add("weights", fmt::format("{}, model {}, step {}, S2 error {:.3g}", file.path().string(), file.model(),
                                    file.integer("step"), file.real("error")));
    plan.add("sizes", fmt::format("latent {} × {} × {} → {} × {} pixels", keys.latent_extent[0], keys.latent_extent[1],
                                  settings.latent, extent.y, extent.x));
    const std::size_t at_once = group_size(extent);
    plan.add("images", fmt::format("{} of {}, {} a rank, {} at once", count, to_string(extent), part, at_once));
    plan.add("computed in", fmt::format("{}, {}", name_of(type), place.text()));
    const auto networks = static_cast<double>(memory_need(keys, settings, type).of(static_cast<std::int64_t>(at_once)));
    const double images = 5.0 * static_cast<double>(part * extent.count());  // in the host's memory: grey and phase
    const double tensors = networks + place.beside() + (place.on_gpu() ? 0 : images);
    if (place.on_gpu()) plan.add("GPU memory", run::readable_bytes(tensors) + " a rank");
    plan.memory_per_rank = place.on_gpu() ? images + place.beside() : tensors;
    require_input(tensors <= place.memory,
                  "{} images of {} a rank need about {}, and a rank may take {}: fewer images, smaller ones or more "
                  "ranks would fit",
                  part, to_string(extent), run::readable_bytes(tensors), run::readable_bytes(place.memory));
    plan.files = {"result.h5",    "report.html", "images.png", "correlation_functions.png",
                  "summary.json", "status.json", "log.txt",    "input.toml"};
    return plan;
}

/// Draws until every image is there; throws StoppedEarly with a checkpoint on disk when asked to stop.
void draw_all(run::Run& run, const GenerateSettings& keys, const Drawing& drawing, GeneratedImages& images) {
    const auto timer = run.context.timers.phase("generate");
    run::Supervisor supervisor(run, "Generating", static_cast<double>(images.total()), "images",
                               keys.checkpoint_interval, [&] {
                                   io::CheckpointWriter writer(run.context.comm, run.directory().checkpoint(),
                                                               run.provenance(), run.identity(), images.done());
                                   images.save(writer);
                                   writer.commit();
                               });
    supervisor.work(
        [&] {
            if (images.finished()) return false;
            images.add(drawing.group(images.next(), images.items().last, group_size(images.extent())));
            return true;
        },
        [&] { return static_cast<double>(images.done()); });
}

std::vector<std::vector<float>> draw_paths(const Communicator& comm, const GenerateSettings& keys,
                                           const Drawing& drawing) {
    std::vector<std::vector<float>> paths;
    on_root(comm, [&] {
        for (std::int64_t i = 0; i < keys.interpolation.paths; ++i)
            paths.push_back(drawing.path(static_cast<std::size_t>(i)));
    });
    return paths;
}

/// What each image was drawn from, so that another code can draw it too. Collective.
void write_latents(io::ResultFile& file, const GeneratedImages& images, const Drawing& drawing) {
    const Tensor latents = drawing.latents(images.items().first, images.items().size());
    const Shape& shape = latents.shape();
    file.dimension("latent_y", static_cast<std::size_t>(shape[1]), "row of the latent");
    file.dimension("latent_x", static_cast<std::size_t>(shape[2]), "column of the latent");
    file.dimension("latent_number", static_cast<std::size_t>(shape[3]), "number of the latent vector");
    auto dataset = file.dataset<float>("latent", {"image", "latent_y", "latent_x", "latent_number"},
                                       {"1", "standard normal numbers that the image is drawn from", {}});
    dataset.write_items(images.items(), latents.to_floats());
}

void write_result(run::Run& run, const GenerateSettings& keys, const GeneratedImages& images, const Drawing& drawing,
                  const std::vector<Nearest>& nearest) {
    const auto timer = run.context.timers.phase("write result");
    auto file = io::ResultFile::create(run.context.comm, run.directory().file("result.h5"), run.provenance());
    images.write(file, keys.grey);
    if (keys.grey) write_latents(file, images, drawing);
    if (!nearest.empty()) {
        std::vector<std::uint64_t> samples;
        std::vector<double> different;
        const auto pixels = static_cast<double>(images.extent().count());
        for (const auto& one : nearest) {
            samples.push_back(one.sample);
            different.push_back(one.different / pixels);
        }
        file.dimension("compared", nearest.size(), "number of the image");
        file.write("nearest_sample", {"compared"}, samples, {"1", "number of the nearest training image", {}});
        file.write("nearest_difference", {"compared"}, different,
                   {"1", "share of pixels in which the nearest training image differs", {}});
    }
    file.complete();
}

/// The training set that [data] names, if any.
std::optional<TrainingSet> comparison_set(const GenerateSettings& keys, const models::WganGpSettings& settings) {
    const bool named = !keys.data.file.empty() || !keys.data.images.empty();
    require_input(named || keys.nearest.images == 0, "nearest.images = {}: [data] must name the training images",
                  keys.nearest.images);
    require_input(
        keys.nearest.images == 0 || keys.latent_extent == std::vector<std::int64_t>{1, 1},
        "nearest.images = {}: only images of the training size can be compared, latent_extent = [1, 1]; found "
        "[{}, {}]",
        keys.nearest.images, keys.latent_extent[0], keys.latent_extent[1]);
    if (!named) return std::nullopt;
    return open_training_set(keys.data, settings.image_size);
}

void generate_body(const GenerateSettings& keys, run::Run& run) {
    auto& context = run.context;
    const Workplace place = workplace(keys.compute, run);
    const DataType type = activation_type(keys.compute, place, context.log);
    Queue& queue = *place.queue;
    models::WganGpSettings settings;
    std::unique_ptr<Drawing> drawing;
    std::optional<TrainingSet> training;
    run::Plan plan;
    collectively(context.comm, [&] {
        const auto timer = context.timers.phase("read weights");
        const train::WeightsFile file(keys.weights);
        settings = wgan_settings(file);
        plan = plan_of(run, keys, settings, file, type, place);
        drawing = std::make_unique<Drawing>(keys, settings, file, queue, type);
        training = comparison_set(keys, settings);
    });
    if (run.only_planned(plan)) return;
    run.open_directory();
    if (run.already_done()) return;

    GeneratedImages images(context.comm, static_cast<std::size_t>(keys.count), extent_of(keys, settings));
    if (const auto checkpoint = run.load_checkpoint()) collectively(context.comm, [&] { images.load(*checkpoint); });
    const std::size_t before = images.done();
    const Clock clock;
    draw_all(run, keys, *drawing, images);
    const double made = context.comm.sum(static_cast<double>(images.done() - before)),
                 seconds = context.comm.max(clock.seconds());
    if (keys.threshold == GenerateSettings::Threshold::otsu)
        images.set_threshold(train::otsu_over_ranks(context.comm, images.grey()));

    std::vector<Nearest> nearest;
    if (keys.nearest.images > 0) {
        const auto timer = context.timers.phase("nearest training images");
        const auto compared = std::min(static_cast<std::size_t>(keys.nearest.images), images.total());
        nearest = nearest_samples(context.comm, images.first_everywhere(context.comm, compared), training->samples,
                                  keys.nearest.symmetry);
    }
    write_result(run, keys, images, *drawing, nearest);
    report_generation(run, keys, images, draw_paths(context.comm, keys, *drawing), nearest,
                      training ? &training->samples : nullptr);
    io::remove_checkpoints(context.comm, run.directory().checkpoint());

    run::Summary summary;
    summary.add("images per second", made / seconds, "1/s");
    summary.add("peak memory of tensors a rank",
                context.comm.max(static_cast<double>(queue.pool()->use().peak_live)) / 1048576, "MiB");
    run.finish(summary, static_cast<double>(keys.count));
}

}  // namespace

run::Job generate() {
    return run::make_job("generate", "images from a trained generator", generate_body, run::Backends::cpu_and_gpu);
}

}  // namespace protolith::jobs
