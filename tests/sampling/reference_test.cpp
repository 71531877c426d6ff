// The normal distribution that adapted pCN keeps: its proposals and its ratio.
#include "base/error.hpp"
#include "base/random.hpp"
#include "sampling/proposal.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::sampling {
namespace {

// C = [[4, 1], [1, 0.5]] with L = [[2, 0], [0.5, 0.5]].
const std::vector<double> mean{1, -2}, covariance{4, 1, 1, 0.5};

TEST(Reference, ProposesWithTheFactorAndMeasuresWithItsInverse) {
    const Reference reference(mean, covariance);
    const double from[2] = {3, 0}, xi[2] = {0.5, -1};
    double to[2];
    reference.propose(0.8, 0.6, from, xi, to);
    EXPECT_NEAR(to[0], 1 + 0.8 * 2 + 0.6 * 2 * 0.5, 1e-14);
    EXPECT_NEAR(to[1], -2 + 0.8 * 2 + 0.6 * (0.5 * 0.5 - 0.5), 1e-14);
    // (z − m)ᵀ C⁻¹ (z − m) with C⁻¹ = [[0.5, −1], [−1, 4]]
    EXPECT_NEAR(reference.square_distance(from), 0.5 * 4 - 2 * 4 + 4 * 4, 1e-13);
}

TEST(Reference, SquareDistanceOfManyVariables) {
    constexpr std::size_t n = 150;  // more than are whitened at a time
    std::vector<double> c(n * n), m(n), z(n);
    double expected = 0;
    for (std::size_t i = 0; i < n; ++i) {
        c[i * n + i] = 1 + static_cast<double>(i);
        m[i] = 0.5;
        z[i] = std::sin(static_cast<double>(i));
        expected += (z[i] - 0.5) * (z[i] - 0.5) / c[i * n + i];
    }
    EXPECT_NEAR(Reference(m, c).square_distance(z.data()), expected, 1e-12 * expected);
}

TEST(Reference, IsRefusedIfNotPositiveDefinite) {
    EXPECT_THROW(Reference(mean, std::vector<double>{1, 2, 2, 1}), Error);
    EXPECT_THROW(Reference(mean, std::vector<double>{1, 2}), Error);
}

TEST(Reference, SurvivesACheckpoint) {
    const double z[2] = {0.3, 0.7};
    const auto packed = Reference(mean, covariance).pack(2);
    EXPECT_EQ(Reference::unpacked(packed, 2).square_distance(z), Reference(mean, covariance).square_distance(z));
    EXPECT_TRUE(Reference::unpacked(Reference().pack(2), 2).is_prior());
}

/// π(x) q(x → y) / (π(y) q(y → x)) with the densities written out, in two variables.
TEST(Reference, RatioOfPcnIsThatOfTheDensities) {
    const Reference reference(mean, covariance);
    const double s = 0.7, a = std::sqrt(1 - s * s), beta = 0.4;
    const auto log_q = [&](const double* x, const double* y) {  // N(m + a(x − m), s² C) at y
        double r[2];
        for (int i = 0; i < 2; ++i) r[i] = y[i] - mean[static_cast<std::size_t>(i)] * (1 - a) - a * x[i];
        return -(0.5 * r[0] * r[0] - 2 * r[0] * r[1] + 4 * r[1] * r[1]) / (2 * s * s);
    };
    RandomStream random(5, RandomPurpose::test, 0);
    for (int trial = 0; trial < 20; ++trial) {
        const double x[2] = {random.normal(), random.normal()}, y[2] = {random.normal(), random.normal()};
        const double lx = random.normal(), ly = random.normal();
        const auto log_pi = [&](const double* z, double l) { return -(z[0] * z[0] + z[1] * z[1]) / 2 + beta * l; };
        const Kernel kernel{Proposal::pcn, beta, s, 2, &reference};
        EXPECT_NEAR(log_ratio(kernel, {x, lx, nullptr}, {y, ly, nullptr}),
                    log_pi(y, ly) + log_q(y, x) - log_pi(x, lx) - log_q(x, y), 1e-11);
    }
}

}  // namespace
}  // namespace protolith::sampling
