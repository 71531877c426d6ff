#include "simulate/refine.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include <gtest/gtest.h>

namespace {

using namespace protolith::simulate;

double longest_segment(const Contour& c) {
    double longest = 0;
    for (std::size_t i = 0; i < c.points(); ++i) {
        const std::size_t k = (i + 1) % c.points();
        longest = std::max(longest, std::hypot(c.x[k] - c.x[i], c.y[k] - c.y[i]));
    }
    return longest;
}

double label_turn(const Contour& c) { return std::accumulate(c.span.begin(), c.span.end(), 0.0); }

TEST(Contour, CircleHasItsLengthAndArea) {
    const Contour c = circle(0.5, 0.4, 0.3, 1e-3);
    EXPECT_LE(longest_segment(c), 1e-3);
    EXPECT_NEAR(length(c), 2 * std::numbers::pi * 0.3, 1e-5);
    EXPECT_NEAR(enclosed_area(c), std::numbers::pi * 0.09, 1e-5);
    EXPECT_EQ(circle(0.5, 0.5, 0.1, 10).points(), 16u);
}

TEST(Refinement, NewPointsLieOnTheCurveToFourthOrder) {
    double last_error = 0;
    for (const int refinement : {1, 2, 4}) {
        Contour c = circle(0, 0, 1, 0.2 / refinement);
        Refinement(0.1 / refinement).split_all(c);
        double error = 0;
        for (std::size_t i = 0; i < c.points(); ++i) error = std::max(error, std::abs(std::hypot(c.x[i], c.y[i]) - 1));
        EXPECT_GT(error, 0);
        if (last_error > 0) {
            EXPECT_GT(last_error / error, 14) << "at least nearly 2⁴ by halving the spacing";
        }
        last_error = error;
    }
    EXPECT_LT(last_error, 1e-6);
}

TEST(Refinement, SplitsUntilNothingIsLongAndKeepsTheLabels) {
    Contour c = circle(0.5, 0.5, 0.4, 0.1);
    for (std::size_t i = 0; i < c.points(); ++i) c.x[i] = 0.5 + 7 * (c.x[i] - 0.5);  // a stretched line
    Refinement(0.01).split_all(c);
    EXPECT_LE(longest_segment(c), 0.01);
    EXPECT_NEAR(label_turn(c), 2 * std::numbers::pi, 1e-12);
    EXPECT_NEAR(enclosed_area(c), 7 * std::numbers::pi * 0.16, 2e-3);
}

TEST(Refinement, NothingToSplitLeavesTheLineAsItIs) {
    Contour c = circle(0.5, 0.5, 0.4, 0.1);
    const Contour before = c;
    EXPECT_FALSE(Refinement(0.2).split(c));
    EXPECT_EQ(c.x, before.x);
    EXPECT_EQ(c.span, before.span);
}

TEST(Refinement, UnresolvedTurnsDoNotOvershoot) {
    // Where label and length disagree by orders of magnitude the plain cubic runs far beyond its points.
    Contour c;
    for (const double x : {0.0, 1.0}) c.push_back(x, 0, 1);
    c.push_back(1, 1, 1e-6);
    c.push_back(0, 1, 1);
    Refinement(0.3).split_all(c);
    for (std::size_t i = 0; i < c.points(); ++i) {
        EXPECT_GE(std::min(c.x[i], c.y[i]), -0.6);
        EXPECT_LE(std::max(c.x[i], c.y[i]), 1.6);
    }
    EXPECT_LT(length(c), 8);
}

}  // namespace
