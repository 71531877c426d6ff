// Local thickness against covering every voxel with every ball, and for stripes, a disk and two joined disks.
#include "descriptors/local_thickness.hpp"

#include "descriptors/distance.hpp"
#include "descriptors/medial_balls.hpp"
#include "descriptors/size_density.hpp"
#include "images.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

/// Every ball over every voxel.
Volume<std::uint32_t> cover_with_all(const Volume<std::uint32_t>& squared, bool periodic) {
    const Extent n = squared.extent();
    const auto apart = [periodic](std::size_t a, std::size_t b, std::size_t side) {
        const std::size_t d = a > b ? a - b : b - a;
        return periodic ? std::min(d, side - d) : d;
    };
    Volume<std::uint32_t> covering(n);
    for (std::size_t c = 0; c < n.count(); ++c)
        for (std::size_t i = 0; i < n.count(); ++i) {
            const std::size_t dz = apart(c / (n.y * n.x), i / (n.y * n.x), n.z),
                              dy = apart(c / n.x % n.y, i / n.x % n.y, n.y), dx = apart(c % n.x, i % n.x, n.x);
            if (dz * dz + dy * dy + dx * dx < squared[c]) covering[i] = std::max(covering[i], squared[c]);
        }
    return covering;
}

TEST(LocalThickness, EqualsCoveringWithEveryBall) {
    std::uint32_t item = 1300;
    for (const Extent n : {Extent{1, 1, 1}, Extent{1, 1, 23}, Extent{1, 17, 1}, Extent{1, 31, 27}, Extent{1, 40, 13},
                           Extent{7, 9, 8}, Extent{11, 6, 13}, Extent{10, 1, 9}})
        for (const double fraction : {0.6, 0.93, 0.985})
            for (const auto boundary : {Boundary::non_periodic, Boundary::periodic}) {
                PhaseVolume image = test::bernoulli(n, fraction, ++item);
                image[n.count() / 2] = 0;
                const auto squared = squared_distance(image, boundary);
                ASSERT_EQ(covering_ball(squared, boundary), cover_with_all(squared, boundary == Boundary::periodic))
                    << to_string(n) << ' ' << fraction;
            }
}

TEST(LocalThickness, MedialBallsAreFew) {
    const PhaseVolume image = test::void_between_disks(256, 15, 0.6, 3);
    const auto balls = medial_balls(squared_distance(image, Boundary::periodic), Boundary::periodic);
    EXPECT_LT(static_cast<double>(balls.size()), 0.25 * phase_fraction(image) * static_cast<double>(image.size()));
    EXPECT_TRUE(std::is_sorted(balls.begin(), balls.end(),
                               [](const Ball& a, const Ball& b) { return a.squared_radius > b.squared_radius; }));
}

TEST(LocalThickness, OfAStripeIsItsWidth) {
    for (const std::size_t width : {1, 3, 7, 11}) {
        PhaseVolume image({1, 9, 2 * width + 6});
        for (std::size_t y = 0; y < 9; ++y)
            for (std::size_t x = 3; x < 3 + width; ++x) image(y, x) = 1;
        const auto thickness = local_thickness(image, Boundary::periodic);
        for (std::size_t i = 0; i < image.size(); ++i)
            EXPECT_FLOAT_EQ(thickness[i], image[i] ? static_cast<float>(width) : 0.0F);
        EXPECT_DOUBLE_EQ(thickness_density(image, Boundary::periodic).mean, static_cast<double>(width));
    }
}

TEST(LocalThickness, OfADiskIsItsDiameter) {
    const double radius = 30.0;
    PhaseVolume image({1, 81, 81});
    for (int y = 0; y < 81; ++y)
        for (int x = 0; x < 81; ++x)
            image(static_cast<std::size_t>(y), static_cast<std::size_t>(x)) =
                std::hypot(y - 40, x - 40) < radius ? 1 : 0;
    const auto thickness = local_thickness(image, Boundary::non_periodic);
    for (std::size_t i = 0; i < image.size(); ++i)
        if (image[i]) {
            EXPECT_NEAR(thickness[i], 2 * radius, 1.01);
        }
}

TEST(LocalThickness, OfABallInAVolumeIsItsDiameter) {
    const double radius = 9.5;
    PhaseVolume image({25, 25, 25});
    for (int z = 0; z < 25; ++z)
        for (int y = 0; y < 25; ++y)
            for (int x = 0; x < 25; ++x)
                image(static_cast<std::size_t>(z), static_cast<std::size_t>(y), static_cast<std::size_t>(x)) =
                    std::hypot(z - 12, y - 12, x - 12) < radius ? 1 : 0;
    const auto thickness = local_thickness(image, Boundary::non_periodic);
    EXPECT_NEAR(thickness(12, 12, 12), 2 * radius, 1.01);
    EXPECT_NEAR(thickness(12, 12, 4), thickness(12, 12, 12), 1e-6);
}

TEST(LocalThickness, IsInfiniteWithoutTheOtherPhaseAndZeroWithoutThePhase) {
    EXPECT_EQ(local_thickness(PhaseVolume({1, 4, 5}, 1), Boundary::non_periodic),
              Volume<float>({1, 4, 5}, std::numeric_limits<float>::infinity()));
    EXPECT_EQ(local_thickness(PhaseVolume({3, 4, 5}, 0), Boundary::periodic), Volume<float>({3, 4, 5}, 0.0F));
}

}  // namespace
}  // namespace protolith::descriptors
