#include "condition/elastic_posterior.hpp"

#include "base/error.hpp"
#include "base/timer.hpp"

#include <algorithm>
#include <functional>

namespace protolith::condition {

ElasticPosterior::ElasticPosterior(const LatentImages& generator, const elastic::Homogeniser<float>& homogeniser,
                                   Observation observation)
    : generator_(generator), homogeniser_(homogeniser), observation_(std::move(observation)) {
    const Extent& image = homogeniser.settings().image;
    require_input(image.y == generator.rows() && image.x == generator.columns(),
                  "the generator makes images of {} × {} pixels, and those to homogenize have {} × {}",
                  generator.rows(), generator.columns(), image.y, image.x);
    require_input(observation_.stiffness.size() == homogeniser.data_size(),
                  "{} data are observed; a grid of {} × {} points has {}", observation_.stiffness.size(),
                  homogeniser.grid().rows, homogeniser.grid().columns, homogeniser.data_size());
}

void ElasticPosterior::operator()(const sampling::Evaluation& e) const {
    require(e.dimensions == generator_.latent(), "states of {} numbers for a latent of {}", e.dimensions,
            generator_.latent());
    const std::size_t batch = generator_.batch(), points = homogeniser_.grid().points();
    const Clock all;
    double elastic_seconds = 0;
    cost_.evaluations += e.count;
    if (e.gradient.empty()) {
        const auto images = generator_.images(e.states);
        const Clock clock;
        const auto data = stiffness_of_images(homogeniser_, images, batch);
        for (std::size_t k = 0; k < e.count; ++k)
            e.log_likelihood[k] = -elastic::data_misfit(&data[k * homogeniser_.data_size()],
                                                        observation_.stiffness.data(), points, observation_.weights);
        elastic_seconds = clock.seconds();
    } else {
        std::vector<double> misfits(batch);
        std::vector<float> data(batch * homogeniser_.data_size());
        const auto changes = generator_.gradient(
            e.states,
            [&](std::size_t first, std::size_t count, std::span<const float> images, std::span<float> derivative) {
                const Clock clock;
                homogeniser_.misfit(images.data(), batch, observation_.stiffness.data(), observation_.weights,
                                    misfits.data(), data.data(), derivative.data());
                for (std::size_t k = 0; k < count; ++k) e.log_likelihood[first + k] = -misfits[k];
                elastic_seconds += clock.seconds();
            });
        std::transform(changes.begin(), changes.end(), e.gradient.begin(), std::negate<>());
    }
    cost_.elastic_seconds += elastic_seconds;
    cost_.generator_seconds += all.seconds() - elastic_seconds;
}

std::vector<float> ElasticPosterior::stiffness(std::span<const double> latents) const {
    return stiffness_of_images(homogeniser_, generator_.images(latents), generator_.batch());
}

std::vector<float> stiffness_of_images(const elastic::Homogeniser<float>& homogeniser, std::span<const float> images,
                                       std::size_t batch) {
    const std::size_t each = homogeniser.image_size(), all = images.size() / each, values = homogeniser.data_size();
    require(images.size() % each == 0, "{} pixels are no images of {}", images.size(), each);
    std::vector<float> result, group(batch * each), data(batch * values);
    result.reserve(all * values);
    for (std::size_t first = 0; first < all; first += batch) {
        const std::size_t count = std::min(batch, all - first);
        for (std::size_t i = 0; i < batch; ++i)
            std::copy_n(&images[(first + std::min(i, count - 1)) * each], each, &group[i * each]);
        homogeniser.tensors(group.data(), batch, data.data());
        result.insert(result.end(), data.begin(), data.begin() + static_cast<std::ptrdiff_t>(count * values));
    }
    return result;
}

}  // namespace protolith::condition
