#include "simulate/rasterise.hpp"

#include <gtest/gtest.h>

namespace {

using protolith::PhaseVolume;
using protolith::simulate::Contour;
using protolith::simulate::rasterise;

Contour polygon(std::vector<double> x, std::vector<double> y) {
    std::vector<double> span(x.size(), 1.0);
    return {std::move(x), std::move(y), std::move(span)};
}

std::size_t ones(const PhaseVolume& image) {
    std::size_t count = 0;
    for (const auto v : image) count += v;
    return count;
}

TEST(Rasterise, WholeSquareFillsEveryPixelOfAnySize) {
    for (const std::size_t size : {1u, 2u, 7u, 64u})
        EXPECT_EQ(ones(rasterise(polygon({0, 1, 1, 0}, {0, 0, 1, 1}), size)), size * size) << size;
}

TEST(Rasterise, RectangleCoversThePixelsWhoseCentresItHolds) {
    // In pixels of a 10² image: x in [2.2, 5.7], y in [3.6, 8.4]; centres 2.5 … 5.5 and 4.5 … 7.5.
    const auto image = rasterise(polygon({0.22, 0.57, 0.57, 0.22}, {0.36, 0.36, 0.84, 0.84}), 10);
    for (std::size_t row = 0; row < 10; ++row)
        for (std::size_t column = 0; column < 10; ++column)
            EXPECT_EQ(image(row, column), row >= 4 && row <= 7 && column >= 2 && column <= 5) << row << ' ' << column;
}

TEST(Rasterise, DirectionOfThePolygonDoesNotMatter) {
    EXPECT_EQ(rasterise(polygon({0.1, 0.8, 0.4}, {0.2, 0.3, 0.9}), 33),
              rasterise(polygon({0.4, 0.8, 0.1}, {0.9, 0.3, 0.2}), 33));
}

TEST(Rasterise, PolygonsThatShareAnEdgeThroughCentresShareNoPixel) {
    // The common edge x = 0.45 runs through the centres of column 4 of a 10² image.
    const auto left = rasterise(polygon({0, 0.45, 0.45, 0}, {0, 0, 1, 1}), 10);
    const auto right = rasterise(polygon({0.45, 1, 1, 0.45}, {0, 0, 1, 1}), 10);
    for (std::size_t i = 0; i < left.size(); ++i) EXPECT_EQ(left[i] + right[i], 1) << i;
    // And the edge y = 0.45 through those of row 4.
    const auto below = rasterise(polygon({0, 1, 1, 0}, {0, 0, 0.45, 0.45}), 10);
    const auto above = rasterise(polygon({0, 1, 1, 0}, {0.45, 0.45, 1, 1}), 10);
    for (std::size_t i = 0; i < below.size(); ++i) EXPECT_EQ(below[i] + above[i], 1) << i;
}

TEST(Rasterise, TwiceCoveredIsOutsideByTheEvenOddRule) {
    // One line that runs round [0, 1]² and then round [¼, ¾]²: the inner square is enclosed twice.
    const auto image = rasterise(
        polygon({0, 1, 1, 0, 0, 0.25, 0.75, 0.75, 0.25, 0.25}, {0, 0, 1, 1, 0, 0.25, 0.25, 0.75, 0.75, 0.25}), 16);
    EXPECT_EQ(image(8, 8), 0);
    EXPECT_EQ(image(2, 8), 1);
    EXPECT_EQ(ones(image), 16u * 16 - 8 * 8);
}

TEST(Rasterise, PartsOutsideTheSquareAreCutOff) {
    const auto image = rasterise(polygon({-3, 0.5, 0.5, -3}, {-2, -2, 5, 5}), 8);
    EXPECT_EQ(ones(image), 32u);
}

TEST(Rasterise, PolygonBetweenCentresIsEmpty) {
    EXPECT_EQ(ones(rasterise(polygon({0.51, 0.52, 0.52, 0.51}, {0.51, 0.51, 0.52, 0.52}), 4)), 0u);
}

}  // namespace
