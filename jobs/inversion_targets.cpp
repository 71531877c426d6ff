#include "inversion_targets.hpp"

#include "io/hdf5/file_reader.hpp"
#include "io/image/source.hpp"
#include "simulate/marble_cake.hpp"
#include "train/draws.hpp"
#include "training_set.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace protolith::jobs {

namespace {

using Kind = TargetKeys::Kind;

constexpr std::uint32_t first_unseen = 1u << 20;  // cakes for σ_G: other items than the targets'

std::vector<float> cake(const InvertSettings& keys, std::uint32_t item) {
    const auto made = simulate::marble_cake(keys.cake.cake, keys.target.seed, item);
    return {made.image.begin(), made.image.end()};
}

void require_size(const std::string& name, const Extent& extent, const condition::LatentImages& generator) {
    require_input(extent.z == 1 && extent.y == generator.rows() && extent.x == generator.columns(),
                  "{}: {} pixels, and the generator makes images of {} × {}", name, to_string(extent), generator.rows(),
                  generator.columns());
}

bool fits_needed(const InvertSettings& keys) { return keys.noise.images > 0; }

std::vector<float> read_image(const std::string& name, const condition::LatentImages& generator) {
    const auto phase = io::read_phase(name);
    require_size(name, phase.extent(), generator);
    return {phase.begin(), phase.end()};
}

/// This rank's closest fits as bytes, every rank's on all.
std::vector<std::vector<float>> fit_all(const Communicator& comm, const InvertSettings& keys,
                                        const condition::LatentImages& generator,
                                        const std::vector<std::vector<float>>& images) {
    std::string mine;
    collectively(comm, [&] {
        const ItemRange items = comm.share(images.size());
        auto settings = keys.noise.fit;
        settings.seed = keys.seed;
        for (std::size_t k = items.first; k < items.last; ++k) {
            const auto fit = closest_fit(generator, images[k], settings, static_cast<std::uint32_t>(k));
            const auto image = generator.images(fit.latent);
            mine.append(reinterpret_cast<const char*>(image.data()), image.size() * sizeof(float));
        }
    });
    std::vector<std::vector<float>> fitted;
    const std::size_t bytes = generator.image_size() * sizeof(float);
    for (const auto& of_rank : comm.all_gather(mine))
        for (std::size_t at = 0; at < of_rank.size(); at += bytes) {
            fitted.emplace_back(generator.image_size());
            std::memcpy(fitted.back().data(), of_rank.data() + at, bytes);
        }
    return fitted;
}

double rms(const std::vector<std::vector<float>>& a, const std::vector<std::vector<float>>& b) {
    double squares = 0, count = 0;
    for (std::size_t k = 0; k < a.size(); ++k)
        for (std::size_t p = 0; p < a[k].size(); ++p, ++count) {
            const auto difference = static_cast<double>(a[k][p] - b[k][p]);
            squares += difference * difference;
        }
    return std::sqrt(squares / count);
}

std::vector<double> tensors_of(const elastic::Homogeniser<float>& homogeniser,
                               const std::vector<std::vector<float>>& images, std::size_t batch) {
    std::vector<float> pixels;
    for (const auto& image : images) pixels.insert(pixels.end(), image.begin(), image.end());
    const auto values = condition::stiffness_of_images(homogeniser, pixels, batch);
    return {values.begin(), values.end()};
}

std::vector<double> read_stiffness(const std::string& name, const elastic::OutputGrid& grid) {
    const io::FileReader file(name);
    const auto shape = file.info("/stiffness").shape;
    const auto rows = shape.size() == 4 ? shape[2] : 0, columns = shape.size() == 4 ? shape[3] : 0;
    require_input(shape.size() == 4 && rows == grid.rows && columns == grid.columns,
                  "{}: stiffness at {} × {} points; λ0/2 apart there are {} × {}", name, rows, columns, grid.rows,
                  grid.columns);
    std::vector<double> values(elastic::tensor_components * grid.points());
    file.read("/stiffness", {0, 0, 0, 0}, {1, shape[1], rows, columns}, values.data());
    return values;
}

condition::Components variability(const InvertSettings& keys, const Target& target,
                                  const condition::LatentImages& generator,
                                  const elastic::Homogeniser<float>& homogeniser) {
    const std::size_t points = homogeniser.grid().points();
    if (keys.noise.scale == NoiseKeys::Scale::spatial) return condition::variability(target.stiffness, points, true);
    std::vector<float> latents(static_cast<std::size_t>(keys.noise.ensemble) * generator.latent());
    train::draw_normal(keys.seed, RandomPurpose::validation, 0, {0, static_cast<std::size_t>(keys.noise.ensemble)},
                       latents);
    const std::vector<double> z(latents.begin(), latents.end());
    const auto data = condition::stiffness_of_images(homogeniser, generator.images(z), generator.batch());
    return condition::variability(std::vector<double>(data.begin(), data.end()), points, false);
}

}  // namespace

void check_targets(const InvertSettings& keys, const condition::LatentImages& generator) {
    const bool cakes = keys.target.kind == Kind::cake;
    require_input(cakes || keys.target.count == 1, "target.count = {}: only cakes can be several", keys.target.count);
    require_input(cakes || !keys.target.file.empty(), "target.file is not set; this kind of target needs it");
    if (cakes || fits_needed(keys)) {
        simulate::validate(keys.cake.cake);
        require_size("cake.size", {1, keys.cake.cake.size, keys.cake.cake.size}, generator);
    }
}

TargetImages target_images(const Communicator& comm, const InvertSettings& keys,
                           const condition::LatentImages& generator) {
    TargetImages t;
    collectively(comm, [&] {
        for (std::uint32_t k = 0; k < static_cast<std::uint32_t>(keys.target.count); ++k) {
            if (keys.target.kind == Kind::cake) t.images.push_back(cake(keys, k));
            if (keys.target.kind == Kind::image) t.images.push_back(read_image(keys.target.file, generator));
            t.labels.push_back(keys.target.kind == Kind::cake ? fmt::format("cake {}", k) : keys.target.file);
        }
        if (fits_needed(keys))
            for (std::uint32_t k = 0; k < static_cast<std::uint32_t>(keys.noise.images); ++k)
                t.unseen.push_back(cake(keys, first_unseen + k));
    });
    t.fit_error = std::numeric_limits<double>::quiet_NaN();
    if (!t.unseen.empty()) {
        t.fitted = fit_all(comm, keys, generator, t.unseen);
        t.fit_error = rms(t.unseen, t.fitted);
    }
    t.nearest.resize(t.labels.size());
    if (keys.training.file.empty() && keys.training.images.empty()) return t;
    TrainingSet set;
    collectively(comm, [&] { set = open_training_set(keys.training, static_cast<std::int64_t>(generator.columns())); });
    std::vector<PhaseVolume> phases;
    for (const auto& image : t.images)
        phases.emplace_back(Extent{1, generator.rows(), generator.columns()},
                            std::vector<std::uint8_t>(image.begin(), image.end()));
    const auto nearest = nearest_samples(comm, phases, set.samples, train::Symmetry::none);
    std::copy(nearest.begin(), nearest.end(), t.nearest.begin());
    return t;
}

Target make_target(const InvertSettings& keys, const TargetImages& images, std::size_t which,
                   const condition::LatentImages& generator, const elastic::Homogeniser<float>& homogeniser) {
    Target t;
    t.label = images.labels[which];
    if (which < images.images.size()) {
        t.image = images.images[which];
        t.stiffness = tensors_of(homogeniser, {t.image}, generator.batch());
    } else {
        t.stiffness = read_stiffness(keys.target.file, homogeniser.grid());
    }
    t.nearest = images.nearest[which];
    t.closest_fit = images.fit_error;
    t.variability = variability(keys, t, generator, homogeniser);
    for (std::size_t c = 0; c < elastic::tensor_components; ++c) {
        t.error.observation[c] = keys.noise.observation * t.variability[c];
        t.error.generator[c] = keys.noise.generator.value_or(0) * t.variability[c];
    }
    t.fitted.fill(std::numeric_limits<double>::quiet_NaN());
    if (!images.unseen.empty())
        t.fitted = condition::rms_difference(tensors_of(homogeniser, images.unseen, generator.batch()),
                                             tensors_of(homogeniser, images.fitted, generator.batch()),
                                             homogeniser.grid().points());
    if (!keys.noise.generator) t.error.generator = t.fitted;
    t.observed = t.stiffness;
    if (keys.target.noise && keys.target.kind != Kind::stiffness)
        condition::add_noise(t.observed, t.error.observation, keys.seed, static_cast<std::uint32_t>(which));
    return t;
}

}  // namespace protolith::jobs
