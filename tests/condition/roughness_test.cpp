// Roughness of curves whose hills and valleys are counted by hand.
#include "condition/roughness.hpp"

#include "base/error.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::condition {
namespace {

using Curve = std::vector<double>;

TEST(Roughness, OneValleyBetweenEqualEndsVariesByTwiceItsDepth) {
    const auto r = roughness(Curve{4, 1, 0, 1, 4});
    EXPECT_EQ(r.range, 4);
    EXPECT_EQ(r.total_variation, 8);
    EXPECT_EQ(r.relative_variation(), 2);
    EXPECT_EQ(r.largest_step, 3);
    EXPECT_EQ(r.minima, 1u);
    EXPECT_EQ(r.caught_minima, 1u);
}

TEST(Roughness, ACurveThatOnlyFallsHasNoMinimumAndTheVariationOfItsRange) {
    const auto r = roughness(Curve{7, 5, 5, 2, -1});
    EXPECT_EQ(r.relative_variation(), 1);
    EXPECT_EQ(r.minima, 0u);
}

TEST(Roughness, HillsAddTwiceTheirHeight) {
    // Valleys at 0, 2 and 1; the hill of 3 after the first, of 2.5 before the last.
    const auto r = roughness(Curve{10, 0, 3, 2, 2.5, 1, 9});
    EXPECT_EQ(r.total_variation, 10 + 3 + 1 + 0.5 + 1.5 + 8);
    EXPECT_EQ(r.minima, 3u);
    EXPECT_EQ(r.caught_minima, 2u) << "the valley of depth ½ is none for depth 1";
}

TEST(Roughness, DepthIsTheLowerOfTheTwoRises) {
    const Curve curve{3, 1, 1.25, 0, 5};
    EXPECT_EQ(local_minima(curve, 0), 2u);
    EXPECT_EQ(local_minima(curve, 0.25), 2u);
    EXPECT_EQ(local_minima(curve, 0.26), 1u) << "to the right of 1 it rises by ¼ and then falls below it";
    EXPECT_EQ(local_minima(curve, 3), 1u) << "to the left of 0 the curve ends 3 above it";
    EXPECT_EQ(local_minima(curve, 3.5), 0u);
}

TEST(Roughness, AFlatValleyIsOneAndEndsAreNone) {
    EXPECT_EQ(local_minima(Curve{2, 1, 1, 1, 2}), 1u);
    EXPECT_EQ(local_minima(Curve{0, 0, 1, 0, 0}), 0u);
    EXPECT_TRUE(std::isnan(roughness(Curve{1, 1, 1}).relative_variation()));
    EXPECT_THROW(roughness(Curve{1}), InputError);
}

TEST(Roughness, AWaveOfNPeriodsHasNMinimaAndFourTimesNItsAmplitude) {
    Curve wave;
    for (int k = 0; k <= 1000; ++k) wave.push_back(std::cos(10 * std::numbers::pi * k / 1000.0));
    const auto r = roughness(wave, 1.9);
    EXPECT_EQ(r.minima, 5u);
    EXPECT_EQ(r.caught_minima, 5u);
    EXPECT_NEAR(r.total_variation, 20, 1e-12);
}

}  // namespace
}  // namespace protolith::condition
