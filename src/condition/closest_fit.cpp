#include "condition/closest_fit.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "optim/adam.hpp"

#include <algorithm>
#include <limits>

namespace protolith::condition {

namespace {

constexpr double pull = 0.01;  // of the prior, in units of one pixel's square

}  // namespace

Fit closest_fit(const LatentImages& generator, std::span<const float> image, const FitSettings& settings,
                std::uint32_t item) {
    const std::size_t pixels = generator.image_size(), latent = generator.latent();
    require_input(image.size() == pixels, "an image of {} pixels to fit; the generator makes {}", image.size(), pixels);
    const std::size_t starts = std::min(settings.starts, generator.batch());
    std::vector<double> first(starts * latent);
    RandomStream stream(settings.seed, RandomPurpose::closest_fit, item);
    for (double& value : first) value = stream.normal();
    const Shape shape{static_cast<std::int64_t>(starts), static_cast<std::int64_t>(latent)};
    const auto tensor = [&](const std::vector<double>& values) {
        return Tensor::from(generator.queue(), shape, DataType::float32, std::span<const double>(values));
    };
    const nn::Parameter z{"z", autograd::Var(tensor(first), true)};
    optim::Adam adam({z}, {.learning_rate = settings.learning_rate, .beta1 = 0.9});
    std::vector<double> square(starts);
    Fit best{{}, std::numeric_limits<double>::infinity()};
    for (std::size_t step = 0; step <= settings.steps; ++step) {
        const auto latents = z.var.value().to_doubles();
        auto gradient = generator.gradient(
            latents, [&](std::size_t, std::size_t count, std::span<const float> made, std::span<float> derivative) {
                std::fill(square.begin(), square.end(), 0.0);
                for (std::size_t i = 0; i < made.size(); ++i) {
                    const float difference = made[i] - image[i % pixels];
                    derivative[i] = difference;
                    if (i / pixels < count) square[i / pixels] += static_cast<double>(difference * difference);
                }
            });
        for (std::size_t k = 0; k < starts; ++k)
            if (square[k] / static_cast<double>(pixels) < best.mean_square)
                best = {{latents.begin() + static_cast<std::ptrdiff_t>(k * latent),
                         latents.begin() + static_cast<std::ptrdiff_t>((k + 1) * latent)},
                        square[k] / static_cast<double>(pixels)};
        for (std::size_t i = 0; i < latents.size(); ++i) gradient[i] += pull * latents[i];
        adam.step({autograd::Var(tensor(gradient))});
    }
    require(!best.latent.empty(), "image {}: the generator's images are not finite", item);
    return best;
}

}  // namespace protolith::condition
