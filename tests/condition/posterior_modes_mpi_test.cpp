// Climbs to the modes of a posterior that is known: two peaks of a mixture under the normal prior.
#include "condition/posterior_modes.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace protolith::condition {
namespace {

constexpr std::size_t latent = 3;
constexpr double sigma = 0.5, place = 2;

/// log L of 0.3 N(place, σ²) + 0.7 N(−place, σ²) in the first variable, flat in the others; none beyond |z₃| = 4.
void two_peaks(const sampling::Evaluation& e) {
    for (std::size_t i = 0; i < e.count; ++i) {
        const double* z = &e.states[i * latent];
        const double right = std::log(0.3) - (z[0] - place) * (z[0] - place) / (2 * sigma * sigma);
        const double left = std::log(0.7) - (z[0] + place) * (z[0] + place) / (2 * sigma * sigma);
        const double sum = std::max(right, left) + std::log1p(std::exp(-std::abs(right - left)));
        e.log_likelihood[i] = std::abs(z[2]) > 4 ? std::numeric_limits<double>::quiet_NaN() : sum;
        const double of_right = std::exp(right - sum);
        e.gradient[i * latent] = (of_right * (place - z[0]) + (1 - of_right) * (-place - z[0])) / (sigma * sigma);
        e.gradient[i * latent + 1] = e.gradient[i * latent + 2] = 0;
    }
}

TEST(PosteriorModes, BothPeaksAreFoundBestFirstByTheClimbsThatStartNearThem) {
    const Communicator comm;
    Queue queue;
    // Three climbs to the right, four to the left, one from where the likelihood is no number.
    std::vector<double> starts;
    for (const double x : {1.0, -1.0, -3.0, 2.5, 0.9, -2.0, -0.8}) starts.insert(starts.end(), {x, x / 2, 1 - x / 3});
    starts.insert(starts.end(), {0, 0, 5});
    const auto modes = posterior_modes(comm, queue, two_peaks, latent, starts, {});
    ASSERT_EQ(modes.size(), 2u);
    const double peak = place / (1 + sigma * sigma);  // (z − 2)/σ² + z = 0
    EXPECT_EQ(modes[0].from, (std::vector<std::size_t>{1, 2, 5, 6}));
    EXPECT_EQ(modes[1].from, (std::vector<std::size_t>{0, 3, 4}));
    for (std::size_t k = 0; k < 2; ++k) {
        const double side = k == 0 ? -1 : 1;
        EXPECT_NEAR(modes[k].latent[0], side * peak, 0.01);
        EXPECT_NEAR(modes[k].latent[1], 0, 0.01);
        const double log_likelihood =
            std::log(k == 0 ? 0.7 : 0.3) - (place - peak) * (place - peak) / (2 * sigma * sigma);
        EXPECT_NEAR(modes[k].log_likelihood, log_likelihood, 0.02);
        EXPECT_NEAR(modes[k].log_posterior, log_likelihood - peak * peak / 2, 0.001);
    }
}

}  // namespace
}  // namespace protolith::condition
