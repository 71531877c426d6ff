// Distances against the nearest voxel found by looking at all; pore sizes against Torquato's overlapping disks.
#include "descriptors/distance.hpp"

#include "descriptors/size_density.hpp"
#include "images.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

std::uint32_t nearest_by_looking(const PhaseVolume& image, bool periodic, const Extent& p) {
    const Extent n = image.extent();
    const auto squared = [periodic](std::size_t a, std::size_t b, std::size_t side) {
        std::size_t d = a > b ? a - b : b - a;
        if (periodic) d = std::min(d, side - d);
        return static_cast<std::uint32_t>(d * d);
    };
    std::uint32_t best = infinite_distance;
    for (std::size_t z = 0; z < n.z; ++z)
        for (std::size_t y = 0; y < n.y; ++y)
            for (std::size_t x = 0; x < n.x; ++x)
                if (image(z, y, x) == 0)
                    best = std::min(best, squared(p.z, z, n.z) + squared(p.y, y, n.y) + squared(p.x, x, n.x));
    return best;
}

TEST(Distance, IsToTheNearestVoxelOfTheOtherPhase) {
    std::uint32_t item = 900;
    for (const Extent n : {Extent{1, 1, 1}, Extent{1, 1, 19}, Extent{1, 15, 1}, Extent{1, 13, 21}, Extent{1, 32, 9},
                           Extent{5, 7, 6}, Extent{9, 1, 8}, Extent{8, 11, 1}})
        for (const double fraction : {0.5, 0.9, 0.99})
            for (const auto boundary : {Boundary::non_periodic, Boundary::periodic}) {
                const PhaseVolume image = test::bernoulli(n, fraction, ++item);
                const auto squared = squared_distance(image, boundary);
                for (std::size_t z = 0; z < n.z; ++z)
                    for (std::size_t y = 0; y < n.y; ++y)
                        for (std::size_t x = 0; x < n.x; ++x)
                            ASSERT_EQ(squared(z, y, x),
                                      nearest_by_looking(image, boundary == Boundary::periodic, {z, y, x}))
                                << to_string(n);
            }
}

TEST(Distance, IsInfiniteWithoutTheOtherPhaseAndZeroWithoutThePhase) {
    for (const auto boundary : {Boundary::non_periodic, Boundary::periodic})
        for (const Extent n : {Extent{1, 5, 8}, Extent{4, 3, 5}, Extent{1, 1, 3}}) {
            EXPECT_EQ(squared_distance(PhaseVolume(n, 1), boundary), Volume<std::uint32_t>(n, infinite_distance));
            EXPECT_EQ(squared_distance(PhaseVolume(n, 0), boundary), Volume<std::uint32_t>(n, 0));
        }
}

TEST(Distance, RefusesTheCompanionMarginAnEmptyImageAndADiagonalBeyond32Bits) {
    EXPECT_THROW(squared_distance(PhaseVolume({1, 4, 4}, 1), Boundary::companion), InputError);
    EXPECT_THROW(squared_distance(PhaseVolume(), Boundary::periodic), InputError);
    EXPECT_THROW(squared_distance(PhaseVolume({1, 1, 70000}, 1), Boundary::periodic), InputError);
}

TEST(PoreSize, OfAStripeIsFlat) {
    // Nine columns of phase between single ones of the other: distances 1 … 5 to either side, δ = d − ½.
    PhaseVolume image({1, 6, 20}, 1);
    for (std::size_t y = 0; y < 6; ++y) image(y, 0) = image(y, 10) = 0;
    const SizeDensity pores = pore_size_density(image, Boundary::periodic);
    EXPECT_EQ(pores.voxels, 6u * 18u);
    const std::vector<double> expected{2.0 / 9, 2.0 / 9, 2.0 / 9, 2.0 / 9, 1.0 / 9};
    ASSERT_EQ(pores.density.size(), expected.size());
    for (std::size_t k = 0; k < 5; ++k) {
        EXPECT_NEAR(pores.density[k], expected[k], 1e-15);
        EXPECT_DOUBLE_EQ(pores.size[k], static_cast<double>(k) + 0.5);
        EXPECT_NEAR(pores.at_least[k], 1.0 - 2.0 / 9 * static_cast<double>(k), 1e-14);
    }
    EXPECT_NEAR(pores.mean, (2 * (0.5 + 1.5 + 2.5 + 3.5) + 4.5) / 9, 1e-14);
}

TEST(PoreSize, BetweenOverlappingDisksFollowsTorquato) {
    const double radius = 40.0;
    const PhaseVolume image = test::void_between_disks(4096, radius, 0.6, 12);
    const double rho = -std::log(phase_fraction(image)) / (std::numbers::pi * radius * radius);
    const auto at_least = [&](double d) { return std::exp(-std::numbers::pi * rho * (d * d + 2 * d * radius)); };
    const SizeDensity pores = pore_size_density(image, Boundary::periodic, 5.0);
    // The pixels' staircase leaves round interfaces a quarter of a pixel nearer than flat ones: 0.25 · 0.027 at most
    // here, the rest is the sample's own scatter.
    for (std::size_t k = 0; k < 16; ++k) {
        const double from = 5.0 * static_cast<double>(k);
        EXPECT_NEAR(pores.at_least[k], at_least(from), 0.015) << from;
        EXPECT_NEAR(pores.density[k], (at_least(from) - at_least(from + 5)) / 5, k == 0 ? 0.002 : 0.001) << from;
    }
}

TEST(PoreSize, RefusesAnImageOfOnePhase) {
    EXPECT_THROW(pore_size_density(PhaseVolume({1, 4, 4}, 1), Boundary::periodic), InputError);
    EXPECT_THROW(pore_size_density(PhaseVolume({1, 4, 4}, 0), Boundary::periodic), InputError);
    EXPECT_THROW(thickness_density(PhaseVolume({1, 4, 4}, 1), Boundary::periodic), InputError);
    EXPECT_THROW(pore_size_density(test::drawn({"#."}), Boundary::periodic, 0.0), InputError);
}

}  // namespace
}  // namespace protolith::descriptors
