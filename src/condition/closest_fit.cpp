#include "condition/closest_fit.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace protolith::condition {

namespace {

constexpr double pull = 0.01;  // of the prior, in units of one pixel's square

/// Adam's moments of the latents of all starts (Kingma & Ba 2015).
class Descent {
  public:
    Descent(std::size_t size, double rate) : rate_(rate), first_(size), second_(size) {}
    void step(std::vector<double>& z, const std::vector<double>& gradient) {
        constexpr double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
        ++steps_;
        for (std::size_t i = 0; i < z.size(); ++i) {
            first_[i] = beta1 * first_[i] + (1 - beta1) * gradient[i];
            second_[i] = beta2 * second_[i] + (1 - beta2) * gradient[i] * gradient[i];
            const double mean = first_[i] / (1 - std::pow(beta1, steps_)),
                         square = second_[i] / (1 - std::pow(beta2, steps_));
            z[i] -= rate_ * mean / (std::sqrt(square) + epsilon);
        }
    }

  private:
    double rate_;
    int steps_ = 0;
    std::vector<double> first_, second_;
};

}  // namespace

Fit closest_fit(const LatentImages& generator, std::span<const float> image, const FitSettings& settings,
                std::uint32_t item) {
    const std::size_t pixels = generator.image_size(), latent = generator.latent();
    require_input(image.size() == pixels, "an image of {} pixels to fit; the generator makes {}", image.size(), pixels);
    const std::size_t starts = std::min(settings.starts, generator.batch());
    std::vector<double> z(starts * latent);
    RandomStream stream(settings.seed, RandomPurpose::closest_fit, item);
    for (double& value : z) value = stream.normal();
    std::vector<double> square(starts);
    Fit best{{}, std::numeric_limits<double>::infinity()};
    Descent descent(z.size(), settings.learning_rate);
    for (std::size_t step = 0; step <= settings.steps; ++step) {
        auto gradient = generator.gradient(
            z, [&](std::size_t, std::size_t count, std::span<const float> made, std::span<float> derivative) {
                std::fill(square.begin(), square.end(), 0.0);
                for (std::size_t i = 0; i < made.size(); ++i) {
                    const float difference = made[i] - image[i % pixels];
                    derivative[i] = difference;
                    if (i / pixels < count) square[i / pixels] += static_cast<double>(difference * difference);
                }
            });
        for (std::size_t k = 0; k < starts; ++k)
            if (square[k] / static_cast<double>(pixels) < best.mean_square)
                best = {{z.begin() + static_cast<std::ptrdiff_t>(k * latent),
                         z.begin() + static_cast<std::ptrdiff_t>((k + 1) * latent)},
                        square[k] / static_cast<double>(pixels)};
        for (std::size_t i = 0; i < z.size(); ++i) gradient[i] += pull * z[i];
        descent.step(z, gradient);
    }
    require(!best.latent.empty(), "image {}: the generator's images are not finite", item);
    return best;
}

}  // namespace protolith::condition
