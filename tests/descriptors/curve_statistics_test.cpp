// Means, bands and errors of sets of curves, by hand-computed values and Student's tables.
#include "descriptors/curve_statistics.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

TEST(StudentT, QuantilesEqualTheTables) {
    // Two-sided 95 % and 99 %, Abramowitz & Stegun, Table 26.10.
    EXPECT_NEAR(student_t_quantile(0.975, 1), 12.706, 5e-4);
    EXPECT_NEAR(student_t_quantile(0.975, 4), 2.776, 5e-4);
    EXPECT_NEAR(student_t_quantile(0.975, 30), 2.042, 5e-4);
    EXPECT_NEAR(student_t_quantile(0.995, 9), 3.250, 5e-4);
    EXPECT_NEAR(student_t_quantile(0.975, 1e6), 1.960, 5e-4);
    EXPECT_NEAR(student_t_quantile(0.5, 7), 0, 1e-12);
    EXPECT_NEAR(student_t_quantile(0.025, 4), -2.776, 5e-4);
    // One degree of freedom is the Cauchy distribution, tan(π(p − ½)).
    EXPECT_NEAR(student_t_quantile(0.9, 1), std::tan(std::acos(-1.0) * 0.4), 1e-9);
}

TEST(ConfidenceBand, OfFiveValuesByHand) {
    std::vector<Curve> curves;
    for (const double v : {1.0, 2.0, 3.0, 4.0, 5.0}) curves.push_back({"S2", {0, 1}, {v, 7}});
    const Band band = confidence_band(curves);
    EXPECT_DOUBLE_EQ(band.mean.value[0], 3);
    EXPECT_NEAR(band.high[0] - 3, 2.776445 * std::sqrt(2.5 / 5), 1e-5);
    EXPECT_NEAR(3 - band.low[0], band.high[0] - 3, 1e-12);
    EXPECT_EQ(band.low[1], 7);
    EXPECT_EQ(band.high[1], 7);
    EXPECT_EQ(band.images, 5u);
}

TEST(ConfidenceBand, OfOneImageHasAMeanAndNoBand) {
    const Band band = confidence_band({{"S2", {0, 1}, {0.5, 0.25}}});
    EXPECT_EQ(band.mean.value, (std::vector<double>{0.5, 0.25}));
    EXPECT_TRUE(std::isnan(band.low[0]) && std::isnan(band.high[1]));
}

TEST(ConfidenceBand, OfNothingOrOfUnlikeCurvesIsRefused) {
    EXPECT_THROW(confidence_band({}), Error);
    EXPECT_THROW(confidence_band({{"S2", {0, 1}, {1, 1}}, {"S2", {0, 2}, {1, 1}}}), Error);
}

TEST(MeanSquareError, IsTakenOverTheCommonDistances) {
    const Curve a{"F2", {0, 1, 2, 3}, {1, 0.5, 0.2, 9}}, b{"F2", {0, 2, 4}, {1, 0.4, 9}};
    EXPECT_DOUBLE_EQ(mean_square_error(a, b), 0.2 * 0.2 / 2);
    EXPECT_EQ(mean_square_error(a, a), 0);
    EXPECT_THROW(mean_square_error(a, Curve{"F2", {7}, {0}}), InputError);
}

}  // namespace
}  // namespace protolith::descriptors
