// Thresholded Gaussian fields against the arc-sine law and its generalisation, over independent images.
#include "simulate/gaussian.hpp"

#include "base/error.hpp"
#include "measure.hpp"

#include <cmath>
#include <numbers>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace protolith::simulate;
using test::over_items;
using test::two_point;

constexpr double standard_errors = 4;

GaussianSettings settings_of(FieldCorrelation correlation, double length, double phi) {
    GaussianSettings s;
    s.extent = {1, 512, 512};
    s.correlation = correlation;
    s.correlation_length = length;
    s.phase_fraction = phi;
    s.threshold = FieldThreshold::nominal;
    return s;
}

TEST(Gaussian, FieldHasTheChosenCovarianceAlongAxesAndDiagonals) {
    for (const auto correlation : {FieldCorrelation::gaussian, FieldCorrelation::exponential, FieldCorrelation::box}) {
        GaussianSettings s = settings_of(correlation, 6, 0.5);
        s.extent = {1, 128, 96};
        const auto covariance = [&](std::size_t dy, std::size_t dx) {
            return over_items(24, [&](std::uint32_t item) {
                const auto field = gaussian_field(s, 1, item);
                double sum = 0;
                for (std::size_t y = 0; y < 128; ++y)
                    for (std::size_t x = 0; x < 96; ++x) sum += field(y, x) * field((y + dy) % 128, (x + dx) % 96);
                return sum / (128 * 96);
            });
        };
        for (const std::size_t r : {0u, 2u, 5u, 9u}) {
            const auto row = covariance(0, r), column = covariance(r, 0);
            const double expected = field_correlation(s, static_cast<double>(r));
            EXPECT_NEAR(row.mean, expected, standard_errors * row.error + 1e-3) << "r = " << r;
            EXPECT_NEAR(column.mean, expected, standard_errors * column.error + 1e-3) << "r = " << r;
        }
        const auto diagonal = covariance(3, 4);
        const double expected = correlation == FieldCorrelation::box ? 0.5 * (2.0 / 6) : field_correlation(s, 5);
        EXPECT_NEAR(diagonal.mean, expected, standard_errors * diagonal.error + 1e-3);
    }
}

TEST(Gaussian, TwoPointFunctionAtHalfIsTheArcSineLaw) {
    const GaussianSettings s = settings_of(FieldCorrelation::gaussian, 8, 0.5);
    for (const std::size_t r : {1u, 4u, 8u, 14u}) {
        const auto s2 =
            over_items(12, [&](std::uint32_t item) { return two_point(thresholded_gaussian_field(s, 2, item), r); });
        const double rho = std::exp(-static_cast<double>(r * r) / 64);
        EXPECT_NEAR(s2.mean, 0.25 + std::asin(rho) / (2 * std::numbers::pi), standard_errors * s2.error) << "r = " << r;
        EXPECT_NEAR(known_statistics(s).two_point(static_cast<double>(r)),
                    0.25 + std::asin(rho) / (2 * std::numbers::pi), 1e-9);
    }
}

TEST(Gaussian, TwoPointFunctionFollowsTheoryAtOtherFractions) {
    for (const auto correlation : {FieldCorrelation::exponential, FieldCorrelation::box}) {
        const GaussianSettings s = settings_of(correlation, 6, 0.2);
        const auto theory = known_statistics(s);
        for (const std::size_t r : {0u, 2u, 5u, 12u}) {
            const auto s2 = over_items(
                16, [&](std::uint32_t item) { return two_point(thresholded_gaussian_field(s, 3, item), r); });
            EXPECT_NEAR(s2.mean, theory.two_point(static_cast<double>(r)), standard_errors * s2.error) << "r = " << r;
        }
    }
}

TEST(Gaussian, ExactThresholdGivesTheNearestCount) {
    GaussianSettings s = settings_of(FieldCorrelation::gaussian, 3, 0.352);
    s.threshold = FieldThreshold::exact;
    s.extent = {1, 61, 77};
    const auto image = thresholded_gaussian_field(s, 4, 0);
    EXPECT_EQ(std::llround(protolith::phase_fraction(image) * 61 * 77), std::llround(0.352 * 61 * 77));
    s.phase_fraction = 1e-9;
    EXPECT_EQ(protolith::phase_fraction(thresholded_gaussian_field(s, 4, 0)), 0);
    s.phase_fraction = 1 - 1e-9;
    EXPECT_EQ(protolith::phase_fraction(thresholded_gaussian_field(s, 4, 0)), 1);
}

TEST(Gaussian, ThreeDimensionsFollowTheory) {
    GaussianSettings s = settings_of(FieldCorrelation::gaussian, 5, 0.5);
    s.extent = {40, 48, 36};
    const auto theory = known_statistics(s);
    for (const std::size_t r : {1u, 4u, 8u}) {
        const auto s2 =
            over_items(20, [&](std::uint32_t item) { return two_point(thresholded_gaussian_field(s, 5, item), r); });
        EXPECT_NEAR(s2.mean, theory.two_point(static_cast<double>(r)), standard_errors * s2.error) << "r = " << r;
    }
}

TEST(Gaussian, SameItemSameBytes) {
    GaussianSettings s = settings_of(FieldCorrelation::gaussian, 5, 0.5);
    s.extent = {1, 64, 65};
    EXPECT_EQ(thresholded_gaussian_field(s, 9, 3), thresholded_gaussian_field(s, 9, 3));
    EXPECT_NE(thresholded_gaussian_field(s, 9, 3), thresholded_gaussian_field(s, 9, 4));
}

std::string refusal(const GaussianSettings& s) {
    try {
        validate(s);
    } catch (const protolith::InputError& e) {
        return e.what();
    }
    return "accepted";
}

TEST(Gaussian, BadSettingsAreRefusedByNameAndValue) {
    EXPECT_EQ(refusal({}), "accepted");
    GaussianSettings s;
    s.phase_fraction = 1;
    EXPECT_NE(refusal(s).find("phase_fraction = 1, expected"), std::string::npos);
    s = {};
    s.correlation_length = 0;
    EXPECT_NE(refusal(s).find("correlation_length = 0, expected"), std::string::npos);
    s.correlation_length = 200;
    EXPECT_NE(refusal(s).find("correlation_length = 200, expected more than 0 and at most"), std::string::npos);
    s.correlation = FieldCorrelation::box;
    s.correlation_length = 2.5;
    EXPECT_NE(refusal(s).find("correlation_length = 2.5, expected a whole number"), std::string::npos);
    s = {};
    s.extent = {0, 4, 4};
    EXPECT_NE(refusal(s).find("size = 0 × 4 × 4, expected"), std::string::npos);
}

}  // namespace
