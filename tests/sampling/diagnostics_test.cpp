#include "sampling/diagnostics.hpp"

#include "base/error.hpp"
#include "base/random.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::sampling {
namespace {

/// Uniform noise of a congruential generator (Knuth's), so that the reference can be computed elsewhere.
class Noise {
  public:
    explicit Noise(std::uint64_t seed) : x_(seed) {}
    double operator()() {
        x_ = x_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<double>(x_ >> 11) * 0x1p-53 - 0.5;
    }

  private:
    std::uint64_t x_;
};

struct Case {
    std::size_t sequences, draws;
    double correlation, shift;
    bool cubed;
    double r_hat, mean, bulk, tail;
};

/// Autoregressive sequences of the noise from seeds 1000, 1001, …, each `shift` above the last, cubed or not.
std::vector<double> series(const Case& c) {
    std::vector<double> values;
    for (std::size_t s = 0; s < c.sequences; ++s) {
        Noise noise(1000 + s);
        double z = 0;
        for (std::size_t k = 0; k < c.draws; ++k) {
            z = c.correlation * z + noise();
            const double v = z + c.shift * static_cast<double>(s);
            values.push_back(c.cubed ? v * v * v : v);
        }
    }
    return values;
}

// ArviZ 0.23.4: rhat(method="rank") and ess(method="mean", "bulk", "tail"). It has no R-hat of a single sequence.
TEST(Diagnostics, EqualThoseOfArviZ) {
    for (const Case& c : {Case{4, 200, 0.5, 0, false, 1.01427305607, 231.003972981, 227.510360214, 422.342035384},
                          Case{4, 201, 0.9, 0.3, false, 1.28680958877, 10.8633413226, 11.3318219713, 50.1919009479},
                          Case{2, 50, -0.6, 0, true, 1.04940706983, 200, 200, 116.619022869},
                          Case{1, 1000, 0.95, 0, false, NAN, 32.9258217163, 33.9902092808, 76.7596617457},
                          Case{16, 37, 0.2, 0.05, true, 1.31150170851, 68.0794364806, 52.838089241, 119.897952459}}) {
        const auto values = series(c);
        SCOPED_TRACE(c.draws);
        if (!std::isnan(c.r_hat)) {
            EXPECT_NEAR(r_hat(values, c.sequences), c.r_hat, 1e-10);
        }
        EXPECT_NEAR(mean_sample_size(values, c.sequences), c.mean, 1e-8 * c.mean);
        EXPECT_NEAR(bulk_sample_size(values, c.sequences), c.bulk, 1e-8 * c.bulk);
        EXPECT_NEAR(tail_sample_size(values, c.sequences), c.tail, 1e-8 * c.tail);
    }
}

std::vector<double> autoregressive(std::size_t sequences, std::size_t draws, double rho) {
    std::vector<double> values;
    for (std::size_t s = 0; s < sequences; ++s) {
        RandomStream random(5, RandomPurpose::test, static_cast<std::uint32_t>(s));
        double z = random.normal();
        for (std::size_t k = 0; k < draws; ++k)
            values.push_back(z = rho * z + std::sqrt(1 - rho * rho) * random.normal());
    }
    return values;
}

TEST(Diagnostics, SampleSizeOfAnAutoregressiveProcessIsTheExactOne) {
    const std::size_t sequences = 4, draws = 50'000;
    for (const double rho : {0.0, 0.5, 0.9, -0.4}) {
        const auto values = autoregressive(sequences, draws, rho);
        const double exact = static_cast<double>(values.size()) * (1 - rho) / (1 + rho);
        EXPECT_NEAR(mean_sample_size(values, sequences), exact, 0.1 * exact) << rho;
        EXPECT_NEAR(bulk_sample_size(values, sequences), exact, 0.1 * exact) << rho;
        EXPECT_NEAR(r_hat(values, sequences), 1, 0.002) << rho;
        const auto curve = autocorrelation(values, sequences, 5);
        ASSERT_EQ(curve.size(), 6u);
        for (int lag = 0; lag <= 5; ++lag)
            EXPECT_NEAR(curve[static_cast<std::size_t>(lag)], std::pow(rho, lag), 0.02) << rho << ' ' << lag;
    }
}

TEST(Diagnostics, ChainsInDifferentPlacesOrOfDifferentWidthHaveALargeRHat) {
    auto values = autoregressive(4, 1000, 0);
    for (std::size_t k = 0; k < 1000; ++k) values[k] += 1;
    EXPECT_GT(r_hat(values, 4), 1.05);
    values = autoregressive(4, 1000, 0);
    for (std::size_t k = 0; k < 1000; ++k) values[k] *= 3;  // the same mean: only the folded part can tell
    EXPECT_GT(r_hat(values, 4), 1.05);
    values = autoregressive(1, 1000, 0);
    for (std::size_t k = 500; k < 1000; ++k) values[k] += 1;  // a drift within one chain
    EXPECT_GT(r_hat(values, 1), 1.05);
}

TEST(Diagnostics, AreUnknownWhereNothingCanBeTold) {
    const std::vector<double> stuck(100, 2.0), few{1, 2, 3};
    std::vector<double> broken = autoregressive(1, 100, 0);
    broken[7] = std::numeric_limits<double>::quiet_NaN();
    for (const auto& values : {stuck, few, broken}) {
        EXPECT_TRUE(std::isnan(r_hat(values, 1)));
        EXPECT_TRUE(std::isnan(bulk_sample_size(values, 1)));
        EXPECT_TRUE(std::isnan(tail_sample_size(values, 1)));
    }
    EXPECT_THROW(r_hat(few, 2), Error);
}

TEST(Diagnostics, ReportHoldsMomentsAndThirds) {
    std::vector<double> ramp;
    for (int k = 0; k < 90; ++k) ramp.push_back(k);
    const auto report = diagnose(ramp, 1, 3);
    EXPECT_DOUBLE_EQ(report.mean, 44.5);
    EXPECT_DOUBLE_EQ(report.deviation, std::sqrt(90.0 * 91.0 / 12.0));
    EXPECT_DOUBLE_EQ(report.mean_of_first_third, 14.5);
    EXPECT_DOUBLE_EQ(report.mean_of_last_third, 74.5);
    EXPECT_EQ(report.autocorrelation.size(), 4u);
    EXPECT_GT(report.r_hat, 1.5);
}

TEST(Diagnostics, NormalQuantileInvertsTheDistribution) {
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
    EXPECT_NEAR(normal_quantile(0.25), -0.6744897501960817, 1e-14);
    EXPECT_NEAR(normal_quantile(1e-7), -5.199337582192816, 1e-12);
    EXPECT_NEAR(normal_quantile(0.5), 0, 1e-15);
}

}  // namespace
}  // namespace protolith::sampling
