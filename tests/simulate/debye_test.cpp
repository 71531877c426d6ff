// Debye random media against their exponential two-point function and lineal path, over independent images.
#include "simulate/debye.hpp"

#include "base/error.hpp"
#include "measure.hpp"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace protolith::simulate;
using protolith::Extent;
using test::over_items;

constexpr double standard_errors = 4;

DebyeSettings settings_of(Extent extent, double a, double phi) {
    DebyeSettings s;
    s.extent = extent;
    s.correlation_length = a;
    s.phase_fraction = phi;
    return s;
}

TEST(Debye, TwoPointFunctionIsExponential) {
    const DebyeSettings s = settings_of({1, 512, 640}, 9, 0.3);
    const auto theory = known_statistics(s);
    for (const std::size_t r : {0u, 1u, 5u, 12u, 30u}) {
        const auto s2 =
            over_items(40, [&](std::uint32_t item) { return test::two_point(debye_medium(s, 1, item), r); });
        EXPECT_NEAR(s2.mean, 0.09 + 0.21 * std::exp(-static_cast<double>(r) / 9), standard_errors * s2.error)
            << "r = " << r;
        EXPECT_NEAR(theory.two_point(static_cast<double>(r)), 0.09 + 0.21 * std::exp(-static_cast<double>(r) / 9),
                    1e-15);
    }
}

TEST(Debye, TwoPointFunctionIsTheSameAlongDiagonals) {
    const DebyeSettings s = settings_of({1, 400, 400}, 12, 0.5);
    const auto s2 = over_items(60, [&](std::uint32_t item) {
        const auto image = debye_medium(s, 2, item);
        double hits = 0;
        for (std::size_t y = 0; y + 8 < 400; ++y)
            for (std::size_t x = 0; x + 6 < 400; ++x) hits += image(y, x) & image(y + 8, x + 6);
        return hits / (392 * 394);
    });
    EXPECT_NEAR(s2.mean, known_statistics(s).two_point(10), standard_errors * s2.error);
}

TEST(Debye, LinealPathFollowsTheoryForLongCells) {
    // Pixels overlook cells narrower than a pixel: long correlation, 3 %.
    const DebyeSettings s = settings_of({1, 1024, 1024}, 40, 0.5);
    const auto theory = known_statistics(s);
    for (const std::size_t r : {10u, 40u, 100u}) {
        const auto path =
            over_items(30, [&](std::uint32_t item) { return test::lineal_path(debye_medium(s, 3, item), r); });
        const double expected = theory.lineal_path(static_cast<double>(r));
        EXPECT_NEAR(path.mean, expected, 3 * path.error + 0.03 * expected) << "r = " << r;
    }
}

TEST(Debye, ColoursOfCellsRoundACrossingAreIndependent) {
    // Four far corners lie in four cells: all of sixteen colourings equally likely at φ = ½ (signatures alone would
    // give eight).
    const DebyeSettings s = settings_of({1, 60, 60}, 4, 0.5);
    std::array<int, 16> seen{};
    for (std::uint32_t item = 0; item < 3200; ++item) {
        const auto image = debye_medium(s, 4, item);
        ++seen[static_cast<std::size_t>(image(0, 0) + 2 * image(0, 59) + 4 * image(59, 0) + 8 * image(59, 59))];
    }
    double chi_squared = 0;
    for (const int count : seen) chi_squared += (count - 200.0) * (count - 200.0) / 200;
    EXPECT_LT(chi_squared, 37.7) << "beyond the 99.9 % point of 15 degrees of freedom";
}

TEST(Debye, PlanesInThreeDimensionsFollowTheory) {
    const DebyeSettings s = settings_of({40, 48, 56}, 5, 0.4);
    const auto theory = known_statistics(s);
    for (const std::size_t r : {0u, 2u, 6u, 15u}) {
        const auto s2 =
            over_items(40, [&](std::uint32_t item) { return test::two_point(debye_medium(s, 5, item), r); });
        EXPECT_NEAR(s2.mean, theory.two_point(static_cast<double>(r)), standard_errors * s2.error) << "r = " << r;
    }
}

TEST(Debye, SameItemSameBytes) {
    const DebyeSettings s;
    EXPECT_EQ(debye_medium(s, 9, 3), debye_medium(s, 9, 3));
    EXPECT_NE(debye_medium(s, 9, 3), debye_medium(s, 9, 4));
    EXPECT_EQ(debye_medium(settings_of({1, 1, 1}, 3, 0.5), 1, 0).size(), 1u);
}

std::string refusal(const DebyeSettings& s) {
    try {
        debye_medium(s, 1, 0);
    } catch (const protolith::InputError& e) {
        return e.what();
    }
    return "accepted";
}

TEST(Debye, BadSettingsAreRefusedByNameAndValue) {
    EXPECT_NE(refusal(settings_of({1, 8, 8}, 0, 0.5)).find("correlation_length = 0, expected"), std::string::npos);
    EXPECT_NE(refusal(settings_of({1, 8, 8}, 2, 0)).find("phase_fraction = 0, expected"), std::string::npos);
    EXPECT_NE(refusal(settings_of({1, 8, 0}, 2, 0.5)).find("size = 1 × 8 × 0, expected"), std::string::npos);
}

}  // namespace
