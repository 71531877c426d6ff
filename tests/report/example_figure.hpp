// A figure of two curves, one with a band, and what its drawing needs.
#pragma once

#include "io/durable.hpp"
#include "picture_header.hpp"
#include "report/figure.hpp"
#include "report/gnuplot.hpp"
#include "tags.hpp"

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#define SKIP_WITHOUT_GNUPLOT \
    if (find_gnuplot().empty()) GTEST_SKIP() << "gnuplot is not on PATH"

namespace protolith::report {

inline Figure example() {
    Figure figure{
        .name = "s2", .title = "Two-point probability", .x_label = "distance r (px)", .y_label = "S₂(r)", .curves = {}};
    for (int k = 0; k < 2; ++k) {
        Curve curve{.label = k ? "reconstruction" : "target", .x = {}, .y = {}};
        for (int r = 0; r < 40; ++r) {
            curve.x.push_back(r);
            curve.y.push_back(0.12 + 0.2 * std::exp(-r / (5.0 + k)));
            if (k == 0) continue;
            curve.low.push_back(curve.y.back() - 0.01);
            curve.high.push_back(curve.y.back() + 0.01);
        }
        figure.curves.push_back(curve);
    }
    return figure;
}

/// Both pictures are there, well formed and of this size; the PNG `scale` times as large.
inline void expect_pictures(const std::filesystem::path& folder, const std::string& name,
                            std::pair<std::uint32_t, std::uint32_t> points, std::uint32_t scale = 3) {
    EXPECT_EQ(svg_size(folder / (name + ".svg")), points) << name;
    EXPECT_EQ(unbalanced_tag(io::read_file(folder / (name + ".svg"))), "") << name;
    EXPECT_EQ(png_size(folder / (name + ".png")), std::pair(points.first * scale, points.second * scale)) << name;
}

}  // namespace protolith::report
