// Sphere arrays against what geometry says: porosity, distances, periodicity, touching radii.
#include "simulate/spheres.hpp"

#include "base/error.hpp"
#include "measure.hpp"
#include "simulate/sphere_packing.hpp"

#include <cmath>
#include <numbers>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace protolith::simulate;
using protolith::Extent;
using protolith::PhaseVolume;
using std::numbers::pi;

SpheresSettings lattice(SphereArrangement arrangement, std::size_t cell, double chi, std::size_t cells = 1) {
    SpheresSettings s;
    s.arrangement = arrangement;
    s.cell = cell;
    s.extent = {cell * cells, cell * cells, cell * cells};
    const auto kind =
        arrangement == SphereArrangement::simple_cubic ? SphereLattice::simple_cubic : SphereLattice::body_centred;
    s.radius = chi * touching_radius(kind, static_cast<double>(cell));
    return s;
}

TEST(Spheres, TouchingLatticesHaveTheDensitiesOfTheTextbook) {
    EXPECT_NEAR(sphere_concentration(SphereLattice::simple_cubic, touching_radius(SphereLattice::simple_cubic, 7), 7),
                pi / 6, 1e-14);
    EXPECT_NEAR(sphere_concentration(SphereLattice::body_centred, touching_radius(SphereLattice::body_centred, 7), 7),
                pi * std::sqrt(3.0) / 8, 1e-14);
}

TEST(Spheres, PorosityOfLatticesIsOneLessChiCubedTimesTheDensest) {
    for (const auto& [arrangement, densest] : {std::pair{SphereArrangement::simple_cubic, pi / 6},
                                               std::pair{SphereArrangement::body_centred, pi * std::sqrt(3.0) / 8}})
        for (const double chi : {0.3, 0.5, 0.7, 0.85, 1.0}) {
            const auto s = lattice(arrangement, 96, chi);
            const double expected = 1 - chi * chi * chi * densest;
            EXPECT_NEAR(known_statistics(s).phase_fraction, expected, 1e-12);
            EXPECT_NEAR(protolith::phase_fraction(spheres(s, 1, 0)), expected, 1e-3) << "chi = " << chi;
        }
}

TEST(Spheres, SmallSpheresHoldTheVoxelsCountedByHand) {
    // Centre between eight voxels, at distances √3/2 = 0.866 (8 voxels), √11/2 = 1.658 (24), √19/2 = 2.18 (24).
    for (const auto& [radius, voxels] : {std::pair{0.87, 8.0}, {1.65, 8.0}, {1.66, 32.0}, {2.18, 56.0}}) {
        auto s = lattice(SphereArrangement::simple_cubic, 8, 1);
        s.radius = radius;
        s.phase = DiskPhase::inside;
        EXPECT_EQ(protolith::phase_fraction(spheres(s, 1, 0)) * 512, voxels) << radius;
    }
}

TEST(Spheres, LatticesRepeatByTheirCellAndBodyCentredOnesByHalfOfIt) {
    const auto one = spheres(lattice(SphereArrangement::body_centred, 20, 0.8), 1, 0);
    const auto eight = spheres(lattice(SphereArrangement::body_centred, 20, 0.8, 2), 1, 0);
    for (std::size_t z = 0; z < 40; ++z)
        for (std::size_t y = 0; y < 40; ++y)
            for (std::size_t x = 0; x < 40; ++x) {
                ASSERT_EQ(eight(z, y, x), one(z % 20, y % 20, x % 20));
                ASSERT_EQ(eight(z, y, x), one((z + 10) % 20, (y + 10) % 20, (x + 10) % 20));
            }
}

SpheresSettings packing(double porosity, double radius, Extent extent) {
    SpheresSettings s;
    s.extent = extent;
    s.porosity = porosity;
    s.radius = radius;
    return s;
}

TEST(Spheres, PackedSpheresDoNotOverlapAlsoAcrossTheEdges) {
    for (const double porosity : {0.8, 0.5, 0.4}) {
        const auto s = packing(porosity, 6, {60, 48, 72});
        const auto centres = sphere_centres(s, 3, 0);
        ASSERT_GT(centres.size(), 40u);
        double smallest = 1e9;
        const auto across = [](double d, double side) { return d - side * std::round(d / side); };
        for (std::size_t i = 0; i < centres.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                smallest = std::min(smallest, std::hypot(across(centres[i].z - centres[j].z, 60),
                                                         across(centres[i].y - centres[j].y, 48),
                                                         across(centres[i].x - centres[j].x, 72)));
        EXPECT_GE(smallest, 12.0) << "porosity " << porosity;
    }
}

TEST(Spheres, PackedSpheresLeaveThePorosityOfTheirNumber) {
    const auto s = packing(0.42, 7.3, {64, 64, 64});
    const double expected = known_statistics(s).phase_fraction;
    EXPECT_NEAR(expected, 0.42, 0.5 * ball_measure(7.3, 3) / 64 / 64 / 64) << "a whole number of spheres";
    const auto image = spheres(s, 2, 5);
    EXPECT_NEAR(protolith::phase_fraction(image), expected, 2e-3);
    auto inside = s;
    inside.phase = DiskPhase::inside;
    EXPECT_NEAR(protolith::phase_fraction(image) + protolith::phase_fraction(spheres(inside, 2, 5)), 1, 1e-12);
}

TEST(Spheres, PackedSpheresJoinAtOppositeSides) {
    // A packing shifted by half a side is a packing as good: as much differs across the edge as between planes inside.
    const auto s = packing(0.5, 6, {48, 48, 48});
    double edge = 0, inside = 0;
    for (std::uint32_t item = 0; item < 30; ++item) {
        const auto image = spheres(s, 4, item);
        for (std::size_t y = 0; y < 48; ++y)
            for (std::size_t x = 0; x < 48; ++x) {
                edge += image(0, y, x) != image(47, y, x) ? 1 : 0;
                inside += image(23, y, x) != image(24, y, x) ? 1 : 0;
            }
    }
    EXPECT_NEAR(edge / inside, 1, 0.08);
}

TEST(Spheres, OverlappingSpheresFollowTheExponentialLaw) {
    SpheresSettings s;
    s.arrangement = SphereArrangement::overlapping;
    s.porosity = 0.3;
    s.radius = 5;
    const auto phi =
        test::over_items(20, [&](std::uint32_t item) { return protolith::phase_fraction(spheres(s, 1, item)); });
    EXPECT_NEAR(phi.mean, 0.3, 4 * phi.error);
    EXPECT_NEAR(known_statistics(s).phase_fraction, 0.3, 1e-12);
}

TEST(Spheres, SameItemSameBytes) {
    const auto s = packing(0.45, 5, {40, 40, 40});
    EXPECT_EQ(spheres(s, 9, 3), spheres(s, 9, 3));
    EXPECT_NE(spheres(s, 9, 3), spheres(s, 9, 4));
}

std::string refusal(const SpheresSettings& s) {
    try {
        spheres(s, 1, 0);
    } catch (const protolith::InputError& e) {
        return e.what();
    }
    return "accepted";
}

TEST(Spheres, BadSettingsAreRefusedByNameAndValue) {
    auto s = packing(0.3, 8, {64, 64, 64});
    EXPECT_NE(refusal(s).find("porosity = 0.3, expected at least 0.38"), std::string::npos) << refusal(s);
    s = packing(0.5, 17, {64, 64, 64});
    EXPECT_NE(refusal(s).find("radius = 17, expected at most a quarter"), std::string::npos) << refusal(s);
    s = packing(0.5, 8, {1, 64, 64});
    EXPECT_NE(refusal(s).find("one plane"), std::string::npos) << refusal(s);
    s = lattice(SphereArrangement::simple_cubic, 32, 0.5);
    s.radius = 16.5;
    EXPECT_NE(refusal(s).find("radius = 16.5 in cells of 32 voxels, expected at most 16"), std::string::npos)
        << refusal(s);
    s.radius = 8;
    s.extent = {32, 33, 64};
    EXPECT_NE(refusal(s).find("cell = 32"), std::string::npos) << refusal(s);
    s.cell = 0;
    EXPECT_NE(refusal(s), "accepted");
}

}  // namespace
