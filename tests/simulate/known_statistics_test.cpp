#include "simulate/known_statistics.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace {

using namespace protolith::simulate;
using std::numbers::pi;

TEST(KnownStatistics, UnionOfTwoBallsFromOneToTwoBalls) {
    for (const int dimensions : {2, 3}) {
        const double one = ball_measure(3, dimensions);
        EXPECT_NEAR(union_measure(3, 0, dimensions), one, 1e-12);
        EXPECT_NEAR(union_measure(3, 6, dimensions), 2 * one, 1e-12);
        EXPECT_NEAR(union_measure(3, 9, dimensions), 2 * one, 1e-12);
    }
    // Lens of two unit disks at distance 1: 2π/3 − √3/2.
    EXPECT_NEAR(union_measure(1, 1, 2), 2 * pi - (2 * pi / 3 - std::sqrt(3.0) / 2), 1e-12);
    // Lens of two unit balls at distance 1: 5π/12.
    EXPECT_NEAR(union_measure(1, 1, 3), 8 * pi / 3 - 5 * pi / 12, 1e-12);
}

TEST(KnownStatistics, NormalTailAndItsInverse) {
    EXPECT_DOUBLE_EQ(above(0), 0.5);
    EXPECT_NEAR(above(1.959963984540054), 0.025, 1e-15);
    EXPECT_NEAR(threshold_for(0.025), 1.959963984540054, 1e-12);
    for (const double phi : {1e-12, 0.052, 0.352, 0.5, 0.999}) EXPECT_NEAR(above(threshold_for(phi)) / phi, 1, 1e-12);
}

TEST(KnownStatistics, BothAboveIsTheArcSineLawAtHalf) {
    for (const double rho : {-0.9, -0.5, 0.0, 0.3, 0.8, 1.0})
        EXPECT_NEAR(both_above(0, rho), 0.25 + std::asin(rho) / (2 * pi), 1e-9);
}

TEST(KnownStatistics, BothAboveRunsFromIndependenceToIdentity) {
    for (const double t : {-1.5, -0.3, 0.7, 2.0}) {
        EXPECT_NEAR(both_above(t, 0), above(t) * above(t), 1e-15);
        EXPECT_NEAR(both_above(t, 1), above(t), 1e-8);
        EXPECT_NEAR(both_above(t, -1), std::max(2 * above(t) - 1, 0.0), 1e-6);
    }
    EXPECT_NEAR(both_above(1, 0.5), 0.0625137,
                5e-7);  // tables of the bivariate normal integral (National Bureau of Standards, 1959)
}

}  // namespace
