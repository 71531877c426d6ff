// Shapes whose moments are known: rectangles, lines, ellipses at given angles, ellipsoids, figures across the edges.
#include "descriptors/component_shape.hpp"

#include "images.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

constexpr double degree = std::numbers::pi / 180;

std::vector<ComponentShape> shapes_of(const PhaseVolume& image, Boundary boundary = Boundary::non_periodic) {
    return component_shapes(
        label_components(image, image.extent().z > 1 ? Connectivity::six : Connectivity::four, boundary));
}

TEST(ComponentShape, ARectangleHasTheRatioOfItsSides) {
    PhaseVolume image({1, 20, 30});
    for (std::size_t y = 4; y < 7; ++y)
        for (std::size_t x = 10; x < 22; ++x) image(y, x) = 1;
    const auto shapes = shapes_of(image);
    ASSERT_EQ(shapes.size(), 1u);
    EXPECT_EQ(shapes[0].size, 36u);
    EXPECT_DOUBLE_EQ(shapes[0].centroid[0], 0.0);
    EXPECT_DOUBLE_EQ(shapes[0].centroid[1], 5.0);
    EXPECT_DOUBLE_EQ(shapes[0].centroid[2], 15.5);
    EXPECT_NEAR(shapes[0].aspect_ratio, 4.0, 1e-12);
    EXPECT_NEAR(shapes[0].deviations[0], 12.0 / std::sqrt(12.0), 1e-12);
    EXPECT_DOUBLE_EQ(shapes[0].orientation, 0.0);
}

TEST(ComponentShape, LinesPointAlongThemselves) {
    EXPECT_DOUBLE_EQ(shapes_of(test::drawn({"#####"}))[0].orientation, 0.0);
    EXPECT_NEAR(shapes_of(test::drawn({"#####"}))[0].aspect_ratio, 5.0, 1e-12);
    const auto upright = shapes_of(test::drawn({"#", "#", "#"}))[0];
    EXPECT_DOUBLE_EQ(upright.orientation, 90.0);
    EXPECT_NEAR(upright.aspect_ratio, 3.0, 1e-12);
    const PhaseVolume rising = test::drawn({"....##", "..##..", "##...."});
    EXPECT_GT(component_shapes(label_components(rising, Connectivity::eight))[0].orientation, 20.0);
    const PhaseVolume falling = test::drawn({"##....", "..##..", "....##"});
    EXPECT_LT(component_shapes(label_components(falling, Connectivity::eight))[0].orientation, -20.0);
}

TEST(ComponentShape, WhatHasNoLongestDirectionHasNoOrientation) {
    for (const PhaseVolume& image :
         {test::drawn({"#"}), test::drawn({"##", "##"}), test::drawn({".#.", "###", ".#."})}) {
        const auto shape = shapes_of(image)[0];
        EXPECT_TRUE(std::isnan(shape.orientation));
        EXPECT_NEAR(shape.aspect_ratio, 1.0, 1e-12);
    }
}

TEST(ComponentShape, EllipsesHaveTheirAngleAndAxes) {
    for (const double angle : {-89.0, -60.0, -45.0, -10.0, 0.0, 25.0, 45.0, 71.0, 90.0}) {
        const double a = 60, b = 20, c = std::cos(angle * degree), s = std::sin(angle * degree);
        PhaseVolume image({1, 141, 151});
        for (int y = 0; y < 141; ++y)
            for (int x = 0; x < 151; ++x) {
                const double along = (x - 75) * c - (y - 70) * s, across = (x - 75) * s + (y - 70) * c;
                if (along * along / (a * a) + across * across / (b * b) < 1)
                    image(static_cast<std::size_t>(y), static_cast<std::size_t>(x)) = 1;
            }
        const auto shapes = shapes_of(image);
        ASSERT_EQ(shapes.size(), 1u);
        EXPECT_NEAR(shapes[0].orientation, angle, 0.1);
        EXPECT_NEAR(shapes[0].aspect_ratio, 3.0, 0.025);
        EXPECT_NEAR(shapes[0].deviations[0], a / 2, 0.1);
        EXPECT_NEAR(shapes[0].centroid[1], 70, 1e-9);
        // The major axis as a vector (y down) says the same as the angle.
        EXPECT_NEAR(std::abs(shapes[0].axes[0][2] * c - shapes[0].axes[0][1] * s), 1.0, 1e-5);
    }
}

TEST(ComponentShape, AnEllipsoidHasItsThreeAxes) {
    const double a = 16, b = 10, c = 5;
    PhaseVolume image({41, 41, 41});
    for (int z = 0; z < 41; ++z)
        for (int y = 0; y < 41; ++y)
            for (int x = 0; x < 41; ++x) {
                // Long axis along z + x, middle along y, short along z − x.
                const double u = (z + x - 40) / std::numbers::sqrt2, v = y - 20, w = (z - x) / std::numbers::sqrt2;
                if (u * u / (a * a) + v * v / (b * b) + w * w / (c * c) < 1)
                    image(static_cast<std::size_t>(z), static_cast<std::size_t>(y), static_cast<std::size_t>(x)) = 1;
            }
    const auto shape = shapes_of(image).at(0);
    EXPECT_NEAR(shape.deviations[0], a / std::sqrt(5.0), 0.1);
    EXPECT_NEAR(shape.deviations[1], b / std::sqrt(5.0), 0.1);
    EXPECT_NEAR(shape.deviations[2], c / std::sqrt(5.0), 0.1);
    EXPECT_NEAR(shape.aspect_ratio, 3.2, 0.05);
    EXPECT_NEAR(std::abs(shape.axes[0][0] + shape.axes[0][2]), std::numbers::sqrt2, 1e-9);
    EXPECT_NEAR(std::abs(shape.axes[1][1]), 1.0, 1e-9);
    EXPECT_TRUE(std::isnan(shape.orientation));
}

TEST(ComponentShape, APeriodicFigureIsTheSameWhereverItLies) {
    // An L of 5 pixels, moved over the torus: only the centroid moves.
    for (std::size_t dy = 0; dy < 7; ++dy)
        for (std::size_t dx = 0; dx < 9; ++dx) {
            PhaseVolume image({1, 7, 9});
            for (const auto& [y, x] : {std::pair<std::size_t, std::size_t>{0, 0}, {1, 0}, {2, 0}, {2, 1}, {2, 2}})
                image((y + dy) % 7, (x + dx) % 9) = 1;
            const auto shapes = shapes_of(image, Boundary::periodic);
            ASSERT_EQ(shapes.size(), 1u);
            EXPECT_NEAR(shapes[0].orientation, -45.0, 1e-9);
            const double y = 1.4 + static_cast<double>(dy), x = 0.6 + static_cast<double>(dx);
            EXPECT_NEAR(shapes[0].centroid[1], y >= 6.5 ? y - 7 : y, 1e-12);
            EXPECT_NEAR(shapes[0].centroid[2], x >= 8.5 ? x - 9 : x, 1e-12);
            EXPECT_EQ(shapes[0].endless, (std::array<bool, 3>{}));
        }
}

TEST(ComponentShape, WhatClosesAroundTheTorusIsEndless) {
    const auto band = shapes_of(test::drawn({".....", "#####", "....."}), Boundary::periodic).at(0);
    EXPECT_EQ(band.endless, (std::array<bool, 3>{false, false, true}));
    EXPECT_EQ(band.size, 5u);
    EXPECT_TRUE(std::isnan(band.centroid[2]) && std::isnan(band.orientation) && std::isnan(band.aspect_ratio));
    const auto column = shapes_of(test::drawn({".#...", ".#...", ".#..."}), Boundary::periodic).at(0);
    EXPECT_EQ(column.endless, (std::array<bool, 3>{false, true, false}));
    const auto full = shapes_of(PhaseVolume({3, 4, 5}, 1), Boundary::periodic).at(0);
    EXPECT_EQ(full.endless, (std::array<bool, 3>{true, true, true}));
    // Open rows end at the edges, and a ring inside the image is no way round the torus.
    EXPECT_EQ(shapes_of(test::drawn({".....", "#####", "....."})).at(0).endless, (std::array<bool, 3>{}));
    EXPECT_EQ(shapes_of(test::drawn({".....", ".###.", ".#.#.", ".###.", "....."}), Boundary::periodic).at(0).endless,
              (std::array<bool, 3>{}));
}

TEST(ComponentShape, AnEmptyImageHasNone) {
    EXPECT_TRUE(shapes_of(PhaseVolume({1, 4, 6}), Boundary::periodic).empty());
}

}  // namespace
}  // namespace protolith::descriptors
