#include "sampling/draws.hpp"

#include "volume/simd_targets.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::sampling {
namespace {

std::vector<double> draws(std::uint32_t chain, std::uint64_t step, std::size_t dimensions) {
    std::vector<double> out(draws_size(dimensions));
    draw_step(77, RandomPurpose::test, chain, step, dimensions, out.data());
    return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(first_normal + dimensions)};
}

/// Plain reference: the words of RandomStream in order, each pair a pair of normals.
std::vector<double> reference(std::uint32_t chain, std::uint64_t step, std::size_t dimensions) {
    RandomStream stream(77, RandomPurpose::test, chain);
    stream.seek(step * 2 * (1 + (dimensions + 1) / 2));
    std::vector<double> out;
    while (out.size() < first_normal + dimensions) {
        const double u = static_cast<double>(stream.bits() >> 12) * 0x1p-52;
        const double v = static_cast<double>(stream.bits() >> 12) * 0x1p-52 - 0.5;
        const double radius = std::sqrt(-2 * std::log(1 - u)), angle = 2 * std::numbers::pi * v;
        out.push_back(out.empty() ? u : radius * std::cos(angle));
        out.push_back(radius * std::sin(angle));
    }
    out.resize(first_normal + dimensions);
    return out;
}

TEST(Draws, EqualThePlainReferenceAtAwkwardSizesOnEveryInstructionSet) {
    for (const char* simd : {"scalar", "sse4", "avx2", "best"}) {
        restrict_simd(simd);
        for (const std::size_t dimensions : {1, 2, 3, 7, 13, 14, 15, 16, 30, 31, 100})
            for (const std::uint64_t step : {std::uint64_t{0}, std::uint64_t{5}, std::uint64_t{1} << 40}) {
                const auto found = draws(3, step, dimensions), expected = reference(3, step, dimensions);
                EXPECT_EQ(found[0], expected[0]);
                for (std::size_t k = first_normal; k < found.size(); ++k)
                    EXPECT_NEAR(found[k], expected[k], 1e-14) << simd << ' ' << dimensions << ' ' << k;
            }
    }
    restrict_simd("best");
}

TEST(Draws, OfOtherStepsAndChainsAreOthers) {
    EXPECT_EQ(draws(1, 9, 5), draws(1, 9, 5));
    EXPECT_NE(draws(1, 9, 5), draws(1, 10, 5));
    EXPECT_NE(draws(1, 9, 5), draws(2, 9, 5));
}

// 3 million numbers: moments within five standard errors, fixed seed.
TEST(Draws, AreStandardNormal) {
    double sum = 0, squares = 0, cubes = 0, fourths = 0, products = 0, uniform = 0;
    const std::size_t steps = 100'000, dimensions = 30;
    for (std::size_t step = 0; step < steps; ++step) {
        const auto x = draws(0, step, dimensions);
        uniform += x[0];
        for (std::size_t k = first_normal; k < x.size(); ++k) {
            sum += x[k], squares += x[k] * x[k], cubes += std::pow(x[k], 3), fourths += std::pow(x[k], 4);
            if (k % 2 == 1) products += x[k] * x[k - 1];  // of one Box–Muller pair
        }
    }
    const double n = static_cast<double>(steps * dimensions);
    EXPECT_NEAR(uniform / static_cast<double>(steps), 0.5, 5 / std::sqrt(12.0 * static_cast<double>(steps)));
    EXPECT_NEAR(sum / n, 0, 5 / std::sqrt(n));
    EXPECT_NEAR(squares / n, 1, 5 * std::sqrt(2 / n));
    EXPECT_NEAR(cubes / n, 0, 5 * std::sqrt(15 / n));
    EXPECT_NEAR(fourths / n, 3, 5 * std::sqrt(96 / n));
    EXPECT_NEAR(products / (n / 2), 0, 5 * std::sqrt(2 / n));
}

}  // namespace
}  // namespace protolith::sampling
