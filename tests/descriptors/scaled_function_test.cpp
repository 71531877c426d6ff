// Fn is 1 at r = 0, 0 without order, and says when it is undefined.
#include "descriptors/scaled_function.hpp"

#include "brute_force.hpp"

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

TEST(ScaledFunction, IsOneAtZeroAndZeroAtTheProductOfFractions) {
    const Curve pn{"P3H", {0, 1, 2}, {0.3, 0.1, 0.027}};
    const Curve fn = scaled_function(pn, 3).value();
    EXPECT_EQ(fn.name, "F3H");
    EXPECT_EQ(fn.value[0], 1);
    EXPECT_NEAR(fn.value[1], (0.1 - 0.027) / (0.3 - 0.027), 1e-15);
    EXPECT_NEAR(fn.value[2], 0, 1e-15);
    EXPECT_EQ(scaled_function(Curve{"S2", {0}, {0.5}}, 2).value().name, "F2");
}

TEST(ScaledFunction, OfEmptyAndFullImagesIsUndefinedAndSaysSo) {
    for (const std::uint8_t phase : {std::uint8_t{0}, std::uint8_t{1}}) {
        const PackedVolume packed(PhaseVolume(Extent{1, 8, 8}, phase), Boundary::periodic);
        const Curve s2 = to_curve(two_point(packed, 4));
        EXPECT_FALSE(scaled_function(s2, 2));
        EXPECT_EQ(undefined_because(s2.value[0]),
                  fmt::format("Fn is undefined: the phase fraction is {}, so φ − φⁿ = 0", int{phase}));
        EXPECT_EQ(scaled_set({s2, Curve{"S2", {0}, {0.5}}}, 2).undefined, 1u);
    }
    EXPECT_EQ(undefined_because(0.5), "");
}

TEST(ScaledFunction, OfUncorrelatedPixelsVanishes) {
    const PackedVolume packed(bernoulli({1, 512, 512}, 0.4), Boundary::periodic);
    const Curve f6 = scaled_function(to_curve(polytope(packed, Polytope::p6, VertexRule::nearest, 30)), 6).value();
    EXPECT_EQ(f6.value[0], 1);
    for (std::size_t k = 1; k < f6.value.size(); ++k) EXPECT_NEAR(f6.value[k], 0, 0.005);
}

TEST(ScaledFunction, CurvesThatDoNotBeginAtZeroAreRefused) {
    EXPECT_THROW(scaled_function(Curve{"S2", {1}, {0.5}}, 2), Error);
    EXPECT_THROW(scaled_function(Curve{"S2", {0}, {0.5}}, 1), Error);
}

}  // namespace
}  // namespace protolith::descriptors
