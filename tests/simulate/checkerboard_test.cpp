#include "simulate/checkerboard.hpp"

#include "base/error.hpp"

#include <string>

#include <gtest/gtest.h>

namespace {

using namespace protolith::simulate;

CheckerboardSettings board(protolith::Extent extent, std::size_t cell) {
    CheckerboardSettings s;
    s.extent = extent;
    s.cell = cell;
    return s;
}

TEST(Checkerboard, TwoPointLinealPathAndSquaresAreExact) {
    const CheckerboardSettings s = board({1, 48, 64}, 8);
    const auto image = checkerboard(s, 1, 0);
    const auto known = known_statistics(s);
    EXPECT_EQ(protolith::phase_fraction(image), 0.5);
    for (std::size_t r = 0; r <= 40; ++r) {
        double pairs = 0, paths = 0, squares = 0;
        for (std::size_t y = 0; y < 48; ++y)
            for (std::size_t x = 0; x < 64; ++x) {
                pairs += image(y, x) & image(y, (x + r) % 64);
                pairs += image(y, x) & image((y + r) % 48, x);
                bool whole = true;
                for (std::size_t i = 0; i <= r; ++i) whole = whole && image(y, (x + i) % 64) == 1;
                paths += whole;
                squares +=
                    image(y, x) & image((y + r) % 48, x) & image(y, (x + r) % 64) & image((y + r) % 48, (x + r) % 64);
            }
        const double n = 48 * 64, a = 8, at = static_cast<double>(r);
        EXPECT_DOUBLE_EQ(pairs / (2 * n), known.two_point(at)) << r;
        EXPECT_DOUBLE_EQ(paths / n, known.lineal_path(at)) << r;
        if (r <= 8) {
            EXPECT_DOUBLE_EQ(squares / n, 0.5 * (1 - at / a) * (1 - at / a)) << r;
        }
    }
}

TEST(Checkerboard, CubesAlternateAlongEveryAxis) {
    const auto image = checkerboard(board({4, 6, 8}, 2), 1, 0);
    EXPECT_EQ(protolith::phase_fraction(image), 0.5);
    EXPECT_EQ(image(0, 0, 0), 1);
    EXPECT_EQ(image(2, 0, 0), 0);
    EXPECT_EQ(image(0, 2, 0), 0);
    EXPECT_EQ(image(0, 0, 2), 0);
    EXPECT_EQ(image(2, 2, 2), 0);
    EXPECT_EQ(image(1, 1, 1), 1);
}

TEST(Checkerboard, RandomOffsetsShiftItems) {
    CheckerboardSettings s = board({1, 32, 32}, 8);
    EXPECT_EQ(checkerboard(s, 1, 0), checkerboard(s, 1, 1));
    s.random_offset = true;
    EXPECT_EQ(checkerboard(s, 1, 0), checkerboard(s, 1, 0));
    EXPECT_NE(checkerboard(s, 1, 0), checkerboard(s, 1, 1));
    double corner = 0;
    for (std::uint32_t item = 0; item < 1000; ++item) corner += checkerboard(s, 2, item)[0];
    EXPECT_NEAR(corner / 1000, 0.5, 0.065) << "four standard errors";
}

TEST(Checkerboard, BadSettingsAreRefusedByNameAndValue) {
    const auto refusal = [](const CheckerboardSettings& s) -> std::string {
        try {
            checkerboard(s, 1, 0);
        } catch (const protolith::InputError& e) {
            return e.what();
        }
        return "accepted";
    };
    EXPECT_NE(refusal(board({1, 8, 8}, 0)).find("cell = 0, expected"), std::string::npos);
    EXPECT_NE(refusal(board({1, 8, 8}, 9)).find("cell = 9, expected"), std::string::npos);
    EXPECT_NE(refusal(board({1, 0, 8}, 2)).find("size = 1 × 0 × 8, expected"), std::string::npos);
}

}  // namespace
