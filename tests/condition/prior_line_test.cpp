// Lines across the prior: their middle, their scale, and that no input leaves its range.
#include "condition/prior_line.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace protolith::condition {
namespace {

double mean_square(const std::vector<double>& values) {
    double squares = 0;
    for (const double value : values) squares += value * value;
    return squares / static_cast<double>(values.size());
}

simulate::MarbleCakeSettings cakes() {
    simulate::MarbleCakeSettings s;
    s.size = 32;
    s.time = {0.25, 0.25};
    return s;
}

TEST(PriorLine, PositionsAreEvenAndTheMiddleIsExactlyZero) {
    EXPECT_EQ(line_positions(5, 2), (std::vector<double>{-1, -0.5, 0, 0.5, 1}));
    EXPECT_EQ(line_positions(101, 0.7)[50], 0);
    EXPECT_EQ(line_positions(101, 0.7).front(), -0.35);
    EXPECT_EQ(line_positions(101, 0.7).back(), 0.35);
    EXPECT_THROW(line_positions(4, 2), InputError);
    EXPECT_THROW(line_positions(1, 2), InputError);
}

TEST(PriorLine, DirectionsMoveEachNumberByOneDeviationOnAverage) {
    const auto u = line_direction(30, 4, 0), v = line_direction(30, 4, 1);
    EXPECT_NEAR(mean_square(u), 1, 1e-14);
    EXPECT_NE(u, v);
    EXPECT_EQ(u, line_direction(30, 4, 0));
    const std::vector<double> z(30, 0.25);
    EXPECT_EQ(latents_on_line(z, u, 0), z);
    EXPECT_EQ(latents_on_line(z, u, -2)[7], 0.25 - 2 * u[7]);
}

TEST(PriorLine, TheMiddleIsTheInputsThemselvesAndFixedInputsStay) {
    const auto s = cakes();
    const auto inputs = simulate::draw_marble_cake_inputs(s, 1000, 0);
    EXPECT_EQ(movable_inputs(s), (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7}));
    const auto u = line_direction(8, 4, 0);
    EXPECT_EQ(inputs_on_line(s, inputs, u, 0).values(), inputs.values());
    const auto there = inputs_on_line(s, inputs, u, 0.3);
    EXPECT_EQ(there.time, 0.25);
    for (std::size_t i = 0; i < 8; ++i)
        EXPECT_EQ(there.values()[i] > inputs.values()[i], u[i] > 0) << simulate::marble_cake_input_names[i];
}

TEST(PriorLine, FromTheMiddleOfARangeOneDeviationLeadsToPhiOfOne) {
    auto s = cakes();
    for (auto* range : {&s.centre_x, &s.centre_y, &s.B, &s.f_a, &s.f_b, &s.phi_a, &s.phi_b}) range->high = range->low;
    auto inputs = simulate::draw_marble_cake_inputs(s, 1, 0);
    inputs.A = 1;  // the middle of [0.5, 1.5]
    const std::vector<double> u{1};
    EXPECT_NEAR(inputs_on_line(s, inputs, u, 1).A, 0.5 + 0.841344746068543, 1e-14);
    EXPECT_NEAR(inputs_on_line(s, inputs, u, -2).A, 0.5 + 0.022750131948179, 1e-14);
    // There and back again.
    EXPECT_NEAR(inputs_on_line(s, inputs_on_line(s, inputs, u, 1.5), u, -1.5).A, 1, 1e-13);
    s.A = {1, 1};
    EXPECT_THROW(movable_inputs(s), InputError);
}

TEST(PriorLine, NoInputLeavesItsRangeHoweverLongTheLine) {
    const auto s = cakes();
    const auto ranges = s.ranges();
    for (std::uint32_t item = 0; item < 20; ++item) {
        const auto inputs = simulate::draw_marble_cake_inputs(s, 7, item);
        for (const double at : {-40.0, -3.0, 3.0, 40.0}) {
            const auto values = inputs_on_line(s, inputs, line_direction(8, 7, item), at).values();
            for (std::size_t i = 0; i < values.size(); ++i)
                EXPECT_TRUE(values[i] >= ranges[i].low && values[i] <= ranges[i].high)
                    << simulate::marble_cake_input_names[i] << " = " << values[i];
        }
    }
}

/// The same distance from the lower end and from the upper one, moved by as much to opposite sides.
TEST(PriorLine, BothSidesOfARangeAreAlike) {
    const auto s = cakes();
    simulate::MarbleCakeInputs low, high;
    low.A = 0.5 + 0.1;
    high.A = 1.5 - 0.1;
    low.time = high.time = 0.25;
    std::vector<double> u(8, 1.0);
    for (const double at : {0.25, 0.5, 1.0})
        EXPECT_NEAR(inputs_on_line(s, low, u, at).A - 0.5, 1.5 - inputs_on_line(s, high, u, -at).A, 1e-14);
}

}  // namespace
}  // namespace protolith::condition
