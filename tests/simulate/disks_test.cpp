// Overlapping disks and spheres against their closed forms, over independent images and within standard errors.
#include "simulate/disks.hpp"

#include "base/error.hpp"
#include "measure.hpp"

#include <cmath>
#include <numbers>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace protolith::simulate;
using protolith::Extent;
using test::over_items;

constexpr double standard_errors = 4;

DisksSettings settings_of(Extent extent, double radius, double void_fraction) {
    DisksSettings s;
    s.extent = extent;
    s.radius = radius;
    s.density = disk_density(void_fraction, radius, extent.dimensions(), DiskPhase::outside);
    return s;
}

TEST(Disks, PhaseFractionIsTheExponentialOfCoverage) {
    const DisksSettings s = settings_of({1, 512, 512}, 9, 0.6);
    EXPECT_NEAR(std::exp(-s.density * std::numbers::pi * 81), 0.6, 1e-12);
    const auto phi =
        over_items(40, [&](std::uint32_t item) { return protolith::phase_fraction(overlapping_disks(s, 1, item)); });
    EXPECT_NEAR(phi.mean, 0.6, standard_errors * phi.error);
    EXPECT_LT(phi.error, 0.004);
}

TEST(Disks, TwoPointCorrelationOfVoidAndSolidFollowTheory) {
    DisksSettings s = settings_of({1, 1024, 1024}, 8, 0.5);
    for (const DiskPhase phase : {DiskPhase::outside, DiskPhase::inside}) {
        s.phase = phase;
        const auto theory = known_statistics(s);
        for (const std::size_t r : {1u, 4u, 8u, 15u, 24u}) {
            const auto s2 =
                over_items(16, [&](std::uint32_t item) { return test::two_point(overlapping_disks(s, 2, item), r); });
            EXPECT_NEAR(s2.mean, theory.two_point(static_cast<double>(r)), standard_errors * s2.error) << "r = " << r;
        }
        EXPECT_NEAR(theory.two_point(0), theory.phase_fraction, 1e-12);
        EXPECT_NEAR(theory.two_point(100), theory.phase_fraction * theory.phase_fraction, 1e-12);
    }
}

TEST(Disks, FreeEdgesHaveTheSameStatisticsAsTheMiddle) {
    DisksSettings s = settings_of({1, 48, 80}, 10, 0.5);
    s.periodic = false;
    const auto corner = over_items(4000, [&](std::uint32_t item) { return overlapping_disks(s, 3, item)(0, 79); });
    const auto middle = over_items(4000, [&](std::uint32_t item) { return overlapping_disks(s, 3, item)(24, 40); });
    EXPECT_NEAR(corner.mean, 0.5, standard_errors * corner.error);
    EXPECT_NEAR(middle.mean, 0.5, standard_errors * middle.error);
}

TEST(Disks, PeriodicEdgesJoin) {
    const DisksSettings s = settings_of({1, 64, 96}, 12, 0.5);
    const auto across = over_items(600, [&](std::uint32_t item) {
        const auto image = overlapping_disks(s, 4, item);
        double both = 0;
        for (std::size_t y = 0; y < 64; ++y) both += image(y, 0) & image(y, 95);
        return both / 64;
    });
    EXPECT_NEAR(across.mean, known_statistics(s).two_point(1), standard_errors * across.error);
}

TEST(Disks, LinealPathFollowsTheoryForLargeDisks) {
    // Pixels see a segment at its centres only, which overlooks gaps between disks narrower than a pixel: large disks,
    // 3 %.
    const DisksSettings s = settings_of({1, 1024, 1024}, 24, 0.6);
    const auto theory = known_statistics(s);
    for (const std::size_t r : {8u, 24u, 48u}) {
        const auto path =
            over_items(16, [&](std::uint32_t item) { return test::lineal_path(overlapping_disks(s, 5, item), r); });
        const double expected = theory.lineal_path(static_cast<double>(r));
        EXPECT_NEAR(path.mean, expected, 3 * path.error + 0.03 * expected) << "r = " << r;
    }
    EXPECT_NEAR(theory.mean_chord, 1 / (2 * 24 * s.density), 1e-9);
}

TEST(Disks, PoreSizeDensityIntegratesToOne) {
    for (const Extent extent : {Extent{1, 512, 512}, Extent{64, 64, 64}}) {
        const auto known = known_statistics(settings_of(extent, 6, 0.4));
        double sum = 0;
        for (int i = 0; i < 60000; ++i) sum += known.pore_size_density((i + 0.5) * 1e-3) * 1e-3;
        EXPECT_NEAR(sum, 1, 1e-6);
    }
}

TEST(Disks, SpheresFollowTheoryInThreeDimensions) {
    const DisksSettings s = settings_of({64, 72, 80}, 6, 0.5);
    const auto theory = known_statistics(s);
    for (const std::size_t r : {0u, 3u, 8u, 14u}) {
        const auto s2 =
            over_items(20, [&](std::uint32_t item) { return test::two_point(overlapping_disks(s, 6, item), r); });
        EXPECT_NEAR(s2.mean, theory.two_point(static_cast<double>(r)), standard_errors * s2.error) << "r = " << r;
    }
}

TEST(Disks, OneDiskCoversThePixelsWithinItsRadius) {
    DisksSettings s;
    s.extent = {1, 400, 400};
    s.radius = 30.25;
    s.density = 1.0 / (400 * 400);
    s.phase = DiskPhase::inside;
    bool seen = false;
    for (std::uint32_t item = 0; item < 20 && !seen; ++item) {
        const double covered = protolith::phase_fraction(overlapping_disks(s, 8, item)) * 400 * 400;
        seen = std::abs(covered - std::numbers::pi * s.radius * s.radius) < 40;  // one disk alone
    }
    EXPECT_TRUE(seen);
}

TEST(Disks, NoDisksLeaveTheImageEmptyOrFull) {
    DisksSettings s;
    s.density = 0;
    EXPECT_EQ(protolith::phase_fraction(overlapping_disks(s, 1, 0)), 1);
    s.phase = DiskPhase::inside;
    EXPECT_EQ(protolith::phase_fraction(overlapping_disks(s, 1, 0)), 0);
    s.periodic = false;
    s.extent = {1, 1, 1};
    EXPECT_EQ(overlapping_disks(s, 1, 0).size(), 1u);
}

TEST(Disks, SameItemSameBytes) {
    const DisksSettings s;
    EXPECT_EQ(overlapping_disks(s, 9, 3), overlapping_disks(s, 9, 3));
    EXPECT_NE(overlapping_disks(s, 9, 3), overlapping_disks(s, 9, 4));
}

std::string refusal(const DisksSettings& s) {
    try {
        overlapping_disks(s, 1, 0);
    } catch (const protolith::InputError& e) {
        return e.what();
    }
    return "accepted";
}

TEST(Disks, BadSettingsAreRefusedByNameAndValue) {
    DisksSettings s;
    s.density = -1;
    EXPECT_NE(refusal(s).find("density = -1, expected"), std::string::npos);
    s = {};
    s.radius = 0;
    EXPECT_NE(refusal(s).find("radius = 0, expected"), std::string::npos);
    s = {};
    s.radius = 300;
    EXPECT_NE(refusal(s).find("radius = 300, expected at most half"), std::string::npos);
    s = {};
    s.extent = {1, 0, 5};
    EXPECT_NE(refusal(s).find("size = 1 × 0 × 5, expected"), std::string::npos);
    for (const double phi : {0.0, 1.0, -0.2, std::nan("")})
        EXPECT_THROW(disk_density(phi, 5, 2, DiskPhase::inside), protolith::InputError);
    EXPECT_THROW(disk_density(0.5, -5, 2, DiskPhase::inside), protolith::InputError);
}

}  // namespace
