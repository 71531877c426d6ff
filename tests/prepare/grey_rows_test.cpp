// Claims about rows on their way: the streamed filter equals its equation at every size and place, rows may be asked
// for in any pieces, and a pass reads every row once.
#include "prepare/grey_rows.hpp"

#include "grey_images.hpp"
#include "volume/simd_targets.hpp"

#include <gtest/gtest.h>

namespace protolith::prepare {
namespace {

GreyVolume filtered(const GreyVolume& grey, const BilateralFilter* filter, std::size_t piece,
                    io::Sample sample = io::Sample::float32) {
    test::MemorySource source(grey, sample);
    GreyRows rows(source, filter);
    GreyVolume out(grey.extent());
    for (std::size_t y = 0; y < rows.height(); y += piece)
        rows.read(y, std::min(piece, rows.height() - y), out.data() + y * rows.width());
    EXPECT_EQ(source.rows_read, rows.height()) << "each row once";
    return out;
}

TEST(GreyRows, TheFilterEqualsItsEquationAtAwkwardSizes) {
    for (const auto& [rows, columns] : {std::pair{1, 1}, {1, 40}, {37, 1}, {3, 2}, {70, 33}, {41, 67}}) {
        const auto grey = test::patches(static_cast<std::size_t>(rows), static_cast<std::size_t>(columns), 255);
        const BilateralFilter filter(1.4, 30, 4);
        const auto expected = test::plain_bilateral(grey, 1.4, 30, 4), found = filtered(grey, &filter, 7);
        for (std::size_t i = 0; i < grey.size(); ++i) EXPECT_NEAR(found[i], expected[i], 2e-4) << i;
    }
}

TEST(GreyRows, EverySimdTargetAgrees) {
    const auto grey = test::patches(20, 45, 255);
    const BilateralFilter filter(1.0, 20);
    const auto expected = test::plain_bilateral(grey, 1.0, 20, 3);
    for (const char* target : {"best", "avx2", "sse4", "scalar"}) {
        restrict_simd(target);
        const auto found = filtered(grey, &filter, 20);
        for (std::size_t i = 0; i < grey.size(); ++i) EXPECT_NEAR(found[i], expected[i], 2e-4) << target;
    }
    restrict_simd("best");
}

TEST(GreyRows, PiecesDoNotMatter) {
    const auto grey = test::patches(67, 29, 255);
    const BilateralFilter filter(1.0, 25);
    const auto whole = filtered(grey, &filter, 67);
    for (const std::size_t piece : {1u, 5u, 32u, 64u}) EXPECT_EQ(filtered(grey, &filter, piece), whole) << piece;
    EXPECT_EQ(filtered(grey, nullptr, 5), grey) << "without a filter the values as they are";
}

TEST(GreyRows, AJumpGivesTheSameRows) {
    const auto grey = test::patches(80, 12, 255);
    const BilateralFilter filter(1.0, 25);
    const auto whole = filtered(grey, &filter, 80);
    test::MemorySource source(grey, io::Sample::float32);
    GreyRows rows(source, &filter);
    for (const std::size_t y : {40u, 41u, 79u, 0u, 3u, 70u, 69u}) {
        std::vector<float> row(12);
        rows.read(y, 1, row.data());
        EXPECT_TRUE(std::equal(row.begin(), row.end(), whole.data() + y * 12)) << y;
    }
}

TEST(GreyRows, WholeNumbersStayWhole) {
    const auto grey = test::patches(15, 17, 255);
    const BilateralFilter filter(1.0, 40);
    const auto real = filtered(grey, &filter, 4), whole = filtered(grey, &filter, 4, io::Sample::uint8);
    for (std::size_t i = 0; i < grey.size(); ++i) EXPECT_EQ(whole[i], std::floor(real[i] + 0.5f));
}

TEST(Bilateral, AConstantImageIsKeptAndAStepMuchHigherThanSigmaToo) {
    const BilateralFilter filter(2.0, 1.0);
    GreyVolume step({1, 9, 20}, 10.0f);
    EXPECT_EQ(filtered(step, &filter, 9), step);
    for (std::size_t y = 0; y < 9; ++y)
        for (std::size_t x = 11; x < 20; ++x) step(y, x) = 200.0f;
    EXPECT_EQ(filtered(step, &filter, 9), step) << "190 sigma away: no weight";
}

TEST(Bilateral, AWideRangeIsTheGaussianMean) {
    // One bright pixel in the middle of 5 × 5: the filtered middle is its share of the weights.
    GreyVolume grey({1, 5, 5}, 0.0f);
    grey(2, 2) = 1.0f;
    const BilateralFilter filter(1.0, 1e6, 2);
    double weights = 0;
    for (int y = -2; y <= 2; ++y)
        for (int x = -2; x <= 2; ++x) weights += std::exp(-(x * x + y * y) / 2.0);
    EXPECT_NEAR(filtered(grey, &filter, 5)(2, 2), 1 / weights, 1e-6);
}

TEST(Bilateral, SettingsWithoutMeaningAreRefused) {
    EXPECT_THROW(BilateralFilter(0, 1), InputError);
    EXPECT_THROW(BilateralFilter(1, 0), InputError);
    EXPECT_THROW(BilateralFilter(1, 1e-30), InputError);
    EXPECT_EQ(BilateralFilter(1.2, 5).radius(), 4u) << "three sigma, rounded up";
}

}  // namespace
}  // namespace protolith::prepare
