// Detailed balance of each proposal: a chain of each on a 1-D target that is neither normal nor symmetric, its draws
// thinned until they are independent, against the exact probabilities of 40 bins. False-alarm rate: 1e-4 a test of
// fixed seeds, so a failure means a wrong ratio and not bad luck.
#include "base/random.hpp"
#include "sampling/chains.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::sampling {
namespace {

constexpr double beta = 0.7;
constexpr std::size_t bins = 40;
constexpr double low = -3, high = 5;  // of the bins but the outermost

/// log L = −(z² − 2)²/4 + z/2: two unequal wells; under a standard normal prior.
void two_wells(const Evaluation& e) {
    for (std::size_t i = 0; i < e.count; ++i) {
        const double z = e.states[i], q = z * z - 2;
        e.log_likelihood[i] = -q * q / 4 + z / 2;
        if (!e.gradient.empty()) e.gradient[i] = -q * z + 0.5;
    }
}

std::size_t bin_of(double z) {
    const double place = (z - low) / (high - low) * static_cast<double>(bins);
    return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(bins) - 0.5));
}

/// Probability of each bin under prior · L^β, by the midpoint rule on a fine grid.
std::vector<double> exact_probabilities() {
    std::vector<double> p(bins);
    const double step = 1e-4;
    for (double z = -9 + step / 2; z < 9; z += step) {
        const double q = z * z - 2;
        p[bin_of(z)] += std::exp(-z * z / 2 + beta * (-q * q / 4 + z / 2));
    }
    const double sum = std::accumulate(p.begin(), p.end(), 0.0);
    for (double& value : p) value /= sum;
    return p;
}

/// Bins that expect fewer than ten draws are put together with the next.
struct ChiSquare {
    double value = 0;
    int freedom = -1;
};
ChiSquare chi_square(const std::vector<double>& counts, const std::vector<double>& probabilities) {
    const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
    ChiSquare result;
    double found = 0, expected = 0;
    for (std::size_t b = 0; b < bins; ++b) {
        found += counts[b];
        expected += all * probabilities[b];
        if (expected < 10 && b + 1 < bins) continue;
        if (expected >= 10) {
            result.value += (found - expected) * (found - expected) / expected;
            ++result.freedom;
        }
        found = expected = 0;
    }
    return result;
}

/// Upper 1e-4 point of χ² (Wilson & Hilferty 1931).
double chi_square_limit(int freedom) {
    const double n = freedom, z = 3.719;
    return n * std::pow(1 - 2 / (9 * n) + z * std::sqrt(2 / (9 * n)), 3);
}

/// Histogram of `chains` chains, each recorded `records` times, `apart` steps apart, after 500 steps.
std::vector<double> histogram(const Kernel& kernel, std::size_t chains, int records, int apart) {
    Settings settings;
    settings.dimensions = 1;
    settings.seed = 20;
    settings.proposal = kernel.proposal;
    Chains all(settings, {0, chains}, two_wells);
    all.begin();
    const std::vector<Kernel> kernels(chains, kernel);
    std::uint64_t step = 0;
    for (int k = 0; k < 500; ++k) all.step(step++, kernels, true);
    std::vector<double> counts(bins);
    for (int record = 0; record < records; ++record) {
        for (int k = 0; k < apart; ++k) all.step(step++, kernels, true);
        for (std::size_t c = 0; c < chains; ++c) counts[bin_of(all.state(c)[0])] += 1;
    }
    return counts;
}

struct Choice {
    Proposal proposal;
    double step;
};
class DetailedBalance : public ::testing::TestWithParam<Choice> {};

TEST_P(DetailedBalance, HistogramIsTheTarget) {
    const Kernel kernel{GetParam().proposal, beta, GetParam().step, 1};
    const auto test = chi_square(histogram(kernel, 500, 40, 60), exact_probabilities());
    EXPECT_GE(test.freedom, 20);
    EXPECT_LT(test.value, chi_square_limit(test.freedom)) << "degrees of freedom " << test.freedom;
}

// Steps at which every chain leaves the tails: the drift grows with |z|³ there, and with larger ones a proposal from a
// first state far out is never accepted.
INSTANTIATE_TEST_SUITE_P(Proposals, DetailedBalance,
                         ::testing::Values(Choice{Proposal::random_walk, 1.5}, Choice{Proposal::random_walk, 0.8},
                                           Choice{Proposal::pcn, 0.9}, Choice{Proposal::pcn, 0.6},
                                           Choice{Proposal::mala, 1.0}, Choice{Proposal::mala, 0.7},
                                           Choice{Proposal::infinity_mala, 0.75}, Choice{Proposal::infinity_mala, 0.6}),
                         [](const auto& choice) {
                             return std::string(name(choice.param.proposal)) + "_" +
                                    std::to_string(static_cast<int>(10 * choice.param.step));
                         });

TEST(DetailedBalance, OfPcnThatKeepsAnotherNormalDistribution) {
    const Reference reference({0.4}, std::vector<double>{0.7});
    for (const double step : {0.5, 0.9}) {
        const auto test =
            chi_square(histogram({Proposal::pcn, beta, step, 1, &reference}, 500, 40, 60), exact_probabilities());
        EXPECT_GE(test.freedom, 20);
        EXPECT_LT(test.value, chi_square_limit(test.freedom)) << "degrees of freedom " << test.freedom;
    }
}

/// The test sees an error: the same draws against a target with a slightly other likelihood.
TEST(DetailedBalance, TestWouldSeeAWrongTarget) {
    auto wrong = exact_probabilities();
    double sum = 0;
    for (std::size_t b = 0; b < bins; ++b)
        sum += wrong[b] *= std::exp(0.05 * (low + (high - low) * (static_cast<double>(b) + 0.5) / bins));
    for (double& p : wrong) p /= sum;
    const auto test = chi_square(histogram({Proposal::pcn, beta, 0.6, 1}, 500, 40, 60), wrong);
    EXPECT_GT(test.value, chi_square_limit(test.freedom));
}

/// π(x) q(x → y) a(x, y) = π(y) q(y → x) a(y, x) for points and steps taken at random, with the densities written out.
TEST(Proposals, RatioIsThatOfTheDensities) {
    RandomStream random(3, RandomPurpose::test, 0);
    constexpr std::size_t d = 3;
    using Vector = std::array<double, d>;
    const auto log_density_of_proposal = [](Proposal p, double s, double b, const Vector& x, const Vector& g,
                                            const Vector& y) {
        const double a = std::sqrt(1 - s * s);
        double sum = 0;
        for (std::size_t i = 0; i < d; ++i) {
            double centre = x[i];
            if (p == Proposal::pcn) centre = a * x[i];
            if (p == Proposal::mala) centre = x[i] + s * s / 2 * (b * g[i] - x[i]);
            if (p == Proposal::infinity_mala) centre = a * x[i] + (1 - a) * b * g[i];
            sum -= (y[i] - centre) * (y[i] - centre) / (2 * s * s);
        }
        return sum;
    };
    for (const Proposal p : {Proposal::random_walk, Proposal::pcn, Proposal::mala, Proposal::infinity_mala})
        for (int trial = 0; trial < 20; ++trial) {
            Vector x, y, gx, gy;
            double prior_x = 0, prior_y = 0;
            for (std::size_t i = 0; i < d; ++i) {
                x[i] = random.normal(), y[i] = random.normal(), gx[i] = random.normal(), gy[i] = random.normal();
                prior_x -= x[i] * x[i] / 2, prior_y -= y[i] * y[i] / 2;
            }
            const double s = random.uniform(0.2, 0.95), b = random.uniform(0.1, 1), lx = random.normal(),
                         ly = random.normal();
            const double expected = prior_y + b * ly + log_density_of_proposal(p, s, b, y, gy, x) - prior_x - b * lx -
                                    log_density_of_proposal(p, s, b, x, gx, y);
            const Kernel kernel{p, b, s, d};
            EXPECT_NEAR(log_ratio(kernel, {x.data(), lx, gx.data()}, {y.data(), ly, gy.data()}), expected, 1e-11);
            EXPECT_NEAR(log_ratio(kernel, {y.data(), ly, gy.data()}, {x.data(), lx, gx.data()}), -expected, 1e-11);
        }
}

TEST(Proposals, AtZeroInverseTemperatureStatesAreDrawnFromThePrior) {
    const double x[2] = {5, 5}, xi[2] = {0.25, -1}, gradient[2] = {1, 1};
    for (const Proposal p : {Proposal::random_walk, Proposal::pcn, Proposal::mala, Proposal::infinity_mala}) {
        double y[2] = {};
        const Kernel kernel{p, 0, 0.3, 2};
        propose(kernel, {x, 1, gradient}, xi, y);
        EXPECT_EQ(y[0], xi[0]);
        EXPECT_EQ(y[1], xi[1]);
        EXPECT_EQ(log_ratio(kernel, {x, 1e9, gradient}, {y, -HUGE_VAL, gradient}), 0);
    }
}

}  // namespace
}  // namespace protolith::sampling
