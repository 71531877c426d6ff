// Streamlines against fields whose lines are known.
#include "report/streamlines.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace protolith::report {
namespace {

template <class Velocity>
PlaneFlow plane(std::size_t rows, std::size_t columns, const Velocity& velocity) {
    PlaneFlow flow{rows, columns, {}, {}, std::vector<double>(rows * columns, 1)};
    for (std::size_t i = 0; i < rows * columns; ++i) {
        const auto [right, down] =
            velocity(static_cast<double>(i / columns) + 0.5, static_cast<double>(i % columns) + 0.5);
        flow.right.push_back(right);
        flow.down.push_back(down);
    }
    return flow;
}

TEST(Streamlines, OfAUniformFlowAreStraightFromEdgeToEdgeAndApart) {
    const auto flow = plane(30, 40, [](double, double) { return std::pair{2.0, 0.0}; });
    const auto lines = trace_streamlines(flow, 5);
    EXPECT_EQ(lines.size(), 6u);
    for (const auto& line : lines) {
        EXPECT_LT(line.points.front().column, 0.5);
        EXPECT_GT(line.points.back().column, 39.5);
        for (const auto& p : line.points) EXPECT_NEAR(p.row, line.points.front().row, 1e-12);
    }
}

TEST(Streamlines, OfARotationStayAtTheirRadius) {
    const auto flow = plane(60, 60, [](double row, double column) { return std::pair{row - 30, 30 - column}; });
    const auto lines = trace_streamlines(flow, 4);
    EXPECT_GT(lines.size(), 3u);
    for (const auto& line : lines) {
        const double radius = std::hypot(line.points.front().row - 30, line.points.front().column - 30);
        for (const auto& p : line.points)
            EXPECT_NEAR(std::hypot(p.row - 30, p.column - 30), radius, 0.05 + radius / 200);
    }
}

TEST(Streamlines, DoNotCrossWalls) {
    auto flow = plane(20, 40, [](double, double) { return std::pair{1.0, 0.1}; });
    for (std::size_t row = 0; row < 20; ++row) {
        flow.open[row * 40 + 20] = 0;
        flow.right[row * 40 + 20] = flow.down[row * 40 + 20] = 0;
    }
    const auto lines = trace_streamlines(flow, 3);
    EXPECT_GT(lines.size(), 4u);
    for (const auto& line : lines)
        EXPECT_EQ(line.points.front().column < 20, line.points.back().column < 20) << "a line through the wall";
}

TEST(Streamlines, ThePictureShowsPoresSolidAndLines) {
    auto flow = plane(10, 10, [](double row, double) { return std::pair{row > 4 ? 1.0 : 0.0, 0.0}; });
    for (std::size_t i = 0; i < 40; ++i) flow.open[i] = 0;
    const auto picture = streamline_picture("flow", flow, "speed", high_speed(flow));
    EXPECT_EQ(picture.raster.rows(), 10 * streamline_magnification(flow));
    EXPECT_EQ(picture.scale.high, 1);
    const auto at = [&](std::size_t row, std::size_t column) {
        return picture.raster(row * streamline_magnification(flow), column * streamline_magnification(flow));
    };
    EXPECT_EQ(at(0, 5).red, 140);
    bool line = false;
    for (std::size_t row = 0; row < picture.raster.rows(); ++row) line |= picture.raster(row, 100).green > 200;
    EXPECT_TRUE(line);
    EXPECT_THROW(trace_streamlines(PlaneFlow{3, 3, {}, {}, {}}, 1), Error);
}

}  // namespace
}  // namespace protolith::report
