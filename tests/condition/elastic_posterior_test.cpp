// The likelihood of effective stiffnesses on a generator's latents: known value, gradient by central differences, bits
// that do not depend on the batch, refusals.
#include "condition/elastic_posterior.hpp"

#include "base/random.hpp"
#include "condition/closest_fit.hpp"
#include "tiny_generator.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace protolith::condition {
namespace {

elastic::HomogeniserSettings coarse() {
    elastic::HomogeniserSettings s;
    s.image = {1, 32, 32};
    s.filter.wavelength = 0.5;
    s.solver.steps = 3;
    return s;
}

std::vector<double> normal_latents(std::size_t count, std::uint32_t item) {
    RandomStream stream(11, RandomPurpose::test, item);
    std::vector<double> z(count * 5);
    for (double& value : z) value = stream.normal();
    return z;
}

class Posterior : public ::testing::Test {
  protected:
    ElasticPosterior posterior(DataKind kind = DataKind::anisotropic) const {
        const auto data = stiffness_of_images(homogeniser, generator.images(normal_latents(1, 0)), 4);
        DataError error;
        error.observation.fill(0.5);
        error.generator.fill(1.0);
        return {generator, homogeniser, {data, error.weights(kind)}};
    }
    std::vector<double> log_likelihood(const ElasticPosterior& p, const std::vector<double>& z,
                                       std::vector<double>* gradient = nullptr) const {
        std::vector<double> values(z.size() / 5);
        if (gradient != nullptr) gradient->resize(z.size());
        p({values.size(), 5, z, values, gradient != nullptr ? std::span<double>(*gradient) : std::span<double>()});
        return values;
    }

    Queue queue;
    LatentImages generator = tiny_generator(queue, 4);
    elastic::Homogeniser<float> homogeniser{coarse()};
};

TEST_F(Posterior, TheTruthHasNoMisfitAndOthersHaveTheirs) {
    const auto p = posterior();
    const auto truth = normal_latents(1, 0), other = normal_latents(1, 1);
    EXPECT_EQ(log_likelihood(p, truth)[0], 0);
    const auto data = p.stiffness(other);
    double misfit = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
        const double r = static_cast<double>(data[i] - p.observation().stiffness[i]);
        misfit += 0.5 * r * r / 1.25;
    }
    EXPECT_GT(misfit, 1) << "the two images differ";
    EXPECT_NEAR(log_likelihood(p, other)[0], -misfit, 1e-5 * misfit);
}

/// Along its gradient and along directions of chance. Differences of float32 stiffnesses of 100 GPa are noisy and the
/// generator's ReLUs have kinks: the mean over several steps, against the gradient's length.
TEST_F(Posterior, GradientIsThatOfCentralDifferences) {
    for (const DataKind kind : {DataKind::anisotropic, DataKind::isotropic}) {
        const auto p = posterior(kind);
        const auto z = normal_latents(3, 2);
        std::vector<double> gradient;
        (void)log_likelihood(p, z, &gradient);
        for (std::size_t state = 0; state < 3; ++state) {
            const std::span<const double> g(&gradient[5 * state], 5);
            const double length = std::sqrt(std::inner_product(g.begin(), g.end(), g.begin(), 0.0));
            ASSERT_GT(length, 0.1);
            for (const std::uint32_t way : {0u, 20u, 21u}) {
                auto direction = way == 0 ? std::vector<double>(g.begin(), g.end()) : normal_latents(1, way);
                const double norm =
                    std::sqrt(std::inner_product(direction.begin(), direction.end(), direction.begin(), 0.0));
                for (double& d : direction) d /= norm;
                double mean = 0;
                for (const double step : {0.015, 0.02, 0.025, 0.03}) {
                    auto up = z, down = z;
                    for (std::size_t i = 0; i < 5; ++i) {
                        up[5 * state + i] += step * direction[i];
                        down[5 * state + i] -= step * direction[i];
                    }
                    mean += (log_likelihood(p, up)[state] - log_likelihood(p, down)[state]) / (2 * step) / 4;
                }
                const double expected = std::inner_product(g.begin(), g.end(), direction.begin(), 0.0);
                EXPECT_NEAR(mean, expected, 0.02 * length) << "state " << state << ", way " << way;
            }
        }
    }
}

TEST_F(Posterior, AStateIsJudgedTheSameWhateverStandsBesideIt) {
    const auto p = posterior();
    const auto z = normal_latents(7, 3);
    std::vector<double> together_gradient, alone_gradient;
    const auto together = log_likelihood(p, z, &together_gradient);
    for (std::size_t k = 0; k < 7; ++k) {
        const std::vector<double> one(z.begin() + static_cast<std::ptrdiff_t>(5 * k),
                                      z.begin() + static_cast<std::ptrdiff_t>(5 * k + 5));
        EXPECT_EQ(log_likelihood(p, one, &alone_gradient)[0], together[k]);
        EXPECT_TRUE(std::equal(alone_gradient.begin(), alone_gradient.end(),
                               together_gradient.begin() + static_cast<std::ptrdiff_t>(5 * k)));
    }
    const auto plain = log_likelihood(p, z);
    for (std::size_t k = 0; k < 7; ++k) EXPECT_NEAR(plain[k], together[k], 1e-4 * std::abs(together[k]) + 1e-4);
}

TEST_F(Posterior, OneComponentAloneWeighsTheOthersNothing) {
    const auto all = posterior().observation().weights, one = posterior(DataKind::isotropic).observation().weights;
    EXPECT_DOUBLE_EQ(all[0], 1 / 1.25);
    EXPECT_DOUBLE_EQ(one[0], 1 / 1.25);
    for (std::size_t c = 1; c < 6; ++c) EXPECT_EQ(one[c], 0);
}

TEST_F(Posterior, WhatDoesNotFitIsRefusedWithBothNumbers) {
    const auto message = [](const auto& f) {
        try {
            f();
        } catch (const InputError& e) {
            return std::string(e.what());
        }
        return std::string("no error");
    };
    EXPECT_NE(message([&] {
                  ElasticPosterior(generator, homogeniser, {std::vector<float>(7), {}});
              }).find("7 data are observed; a grid of 4 × 4 points has 96"),
              std::string::npos);
    auto larger = coarse();
    larger.image = {1, 64, 64};
    const elastic::Homogeniser<float> other(larger);
    const auto sizes = message([&] { ElasticPosterior(generator, other, {}); });
    EXPECT_NE(sizes.find("32 × 32"), std::string::npos) << sizes;
    EXPECT_NE(sizes.find("64 × 64"), std::string::npos) << sizes;
    const auto zero = message([] { (void)DataError{}.weights(DataKind::anisotropic); });
    EXPECT_NE(zero.find("C11 has σ = 0: σ_o = 0 and σ_G = 0"), std::string::npos) << zero;
}

TEST_F(Posterior, TheClosestFitFindsAnImageOfTheGenerator) {
    const auto image = generator.images(normal_latents(1, 5));
    const auto far = closest_fit(generator, image, {.starts = 4, .steps = 0}, 0);
    const auto fit = closest_fit(generator, image, {.starts = 4, .steps = 150}, 0);
    EXPECT_LT(fit.mean_square, 0.05 * far.mean_square) << "from " << far.mean_square;
    const auto again = generator.images(fit.latent);
    double square = 0;
    for (std::size_t i = 0; i < image.size(); ++i) square += std::pow(again[i] - image[i], 2);
    EXPECT_NEAR(square / 1024, fit.mean_square, 1e-6);
}

TEST(DataError, VariabilityInSpaceAndOverImages) {
    // Two images of two points; the first component is 0, 2 and 10, 12, the others 0.
    std::vector<double> tensors(24, 0.0);
    tensors[0] = 0, tensors[1] = 2, tensors[12] = 10, tensors[13] = 12;
    EXPECT_DOUBLE_EQ(variability(tensors, 2, true)[0], 1);
    EXPECT_DOUBLE_EQ(variability(tensors, 2, false)[0], std::sqrt(26));
    EXPECT_EQ(variability(tensors, 2, false)[1], 0);
    const std::vector<double> zero(24, 0.0);
    EXPECT_DOUBLE_EQ(rms_difference(tensors, zero, 2)[0], std::sqrt((4 + 100 + 144) / 4.0));
}

TEST(DataError, NoiseHasItsDeviationAndDependsOnSeedAndTarget) {
    constexpr std::size_t points = 20000;
    Components sigma{1, 2, 0, 0, 0, 3};
    std::vector<double> a(6 * points, 5.0), b = a, c = a;
    add_noise(a, sigma, 1, 0);
    add_noise(b, sigma, 1, 0);
    add_noise(c, sigma, 1, 1);
    EXPECT_EQ(a, b);
    EXPECT_NE(a, c);
    const std::vector<double> clean(6 * points, 5.0);
    const auto found = rms_difference(a, clean, points);
    for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(found[i], sigma[i], 0.03 * sigma[i]) << i;
}

}  // namespace
}  // namespace protolith::condition
