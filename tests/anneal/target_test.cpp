#include "anneal/target.hpp"

#include "anneal/problem.hpp"
#include "synthetic.hpp"

#include <gtest/gtest.h>

namespace protolith::anneal {
namespace {

/// Runs `work`, which must refuse its input, and returns what it says.
template <class Work>
std::string refusal(Work work) {
    try {
        work();
    } catch (const InputError& error) {
        return error.what();
    }
    ADD_FAILURE() << "not refused";
    return {};
}

void expect_names(const std::string& message, std::initializer_list<const char*> numbers) {
    for (const char* number : numbers)
        EXPECT_NE(message.find(number), std::string::npos) << message << " lacks " << number;
}

Settings small_settings() {
    Settings settings;
    settings.extent = {1, 32, 32};
    return settings;
}

Target flat_target(const Settings& settings, double phi) {
    return {phi, std::vector(settings.terms.size(), std::vector<double>(settings.extent.x / 2 + 1, phi))};
}

TEST(Target, MeasuredFromOneImageIsThatImagesCurve) {
    Settings settings = small_settings();
    settings.terms.push_back({.kind = TermKind::two_point_diagonal, .weight = 2, .range = 5});
    PhaseVolume stripes({1, 32, 32});
    for (std::size_t k = 0; k < stripes.size(); ++k) stripes[k] = k / 32 % 2 == 0;
    const Target target = measure_target(std::vector{stripes}, settings);
    EXPECT_DOUBLE_EQ(target.phase_fraction, 0.5);
    ASSERT_EQ(target.curves.size(), 2u);
    ASSERT_EQ(target.curves[0].size(), 17u);
    ASSERT_EQ(target.curves[1].size(), 6u);
    for (std::size_t r = 0; r <= 16; ++r) EXPECT_DOUBLE_EQ(target.curves[0][r], r % 2 == 0 ? 0.5 : 0.25);
    for (std::size_t r = 0; r <= 5; ++r) EXPECT_DOUBLE_EQ(target.curves[1][r], r % 2 == 0 ? 0.5 : 0.0);
}

TEST(Target, RangeBeyondHalfTheSideIsRefusedWithBothNumbers) {
    Settings settings = small_settings();
    settings.extent = {1, 32, 48};
    settings.terms[0].range = 17;
    expect_names(refusal([&] { validate(flat_target(settings, 0.3), settings); }), {"17", "16"});
}

TEST(Target, CurveShorterThanTheRangeIsRefusedWithBothNumbers) {
    const Settings settings = small_settings();
    Target target = flat_target(settings, 0.3);
    target.curves[0].resize(12);
    expect_names(refusal([&] { validate(target, settings); }), {"11", "16"});
}

TEST(Target, EmptyAndFullPhasesAreRefusedWithTheirCounts) {
    const Settings settings = small_settings();
    expect_names(refusal([&] { validate(flat_target(settings, 0.0), settings); }), {" 0 of the 1024"});
    expect_names(refusal([&] { validate(flat_target(settings, 1.0), settings); }), {"1024 of the 1024"});
    expect_names(refusal([&] { validate(flat_target(settings, 1.5), settings); }), {"1.5"});
    expect_names(refusal([&] { validate(flat_target(settings, 0.0004), settings); }), {"0.0004", " 0 of the 1024"});
}

TEST(Target, CurveAboveThePhaseFractionIsRefusedWithBothNumbers) {
    const Settings settings = small_settings();
    Target target = flat_target(settings, 0.25);
    target.curves[0][3] = 0.5;
    expect_names(refusal([&] { validate(target, settings); }), {"0.5", "r = 3", "0.25"});
}

TEST(Target, CurveOfAnotherPhaseFractionIsRefusedWithBothNumbers) {
    const Settings settings = small_settings();
    Target target = flat_target(settings, 0.25);
    target.phase_fraction = 0.375;
    expect_names(refusal([&] { validate(target, settings); }), {"0.25", "0.375"});
}

TEST(Target, ImageTooSmallForTheRangeIsRefusedWithBothNumbers) {
    const Settings settings = small_settings();
    expect_names(refusal([&] {
                     measure_target(std::vector{synthetic::noise({1, 20, 40}, 0.5, 1)}, settings);
                 }),
                 {"16", "20"});
}

TEST(Settings, WhatCannotBeRunIsRefused) {
    const auto message = [](auto change) {
        Settings settings = small_settings();
        change(settings);
        return refusal([&] { validate(settings); });
    };
    expect_names(message([](Settings& s) { s.levels = 4; }), {"4 levels", "8", "64"});
    expect_names(message([](Settings& s) { s.extent = {1, 1, 32}; }), {"1 × 32"});
    expect_names(message([](Settings& s) { s.terms.clear(); }), {"0 terms"});
    expect_names(message([](Settings& s) { s.terms[0].weight = -1; }), {"-1"});
    expect_names(message([](Settings& s) { s.schedule.cooling = 1.25; }), {"1.25"});
    expect_names(message([](Settings& s) { s.schedule.initial_temperature = 0; }), {"0"});
    expect_names(message([](Settings& s) { s.schedule.stages = 0; }), {"0"});
}

TEST(Target, CoarseLevelKeepsEverySecondLag) {
    Settings settings = small_settings();
    settings.levels = 2;
    Target target = flat_target(settings, 0.5);
    for (std::size_t r = 0; r < target.curves[0].size(); ++r) target.curves[0][r] = 0.5 - 0.01 * static_cast<double>(r);
    const Problem problem(settings, target);
    ASSERT_EQ(problem.target(0).curves[0].size(), 9u);
    for (std::size_t r = 0; r <= 8; ++r)
        EXPECT_DOUBLE_EQ(problem.target(0).curves[0][r], 0.5 - 0.02 * static_cast<double>(r));
}

}  // namespace
}  // namespace protolith::anneal
