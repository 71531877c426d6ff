// Claims about Otsu's threshold: against a worked example, symmetric mixtures and an exhaustive search.
#include "volume/otsu.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace protolith::volume {
namespace {

/// Variance between the classes below and from bin k on, straight from the definition ω₀ω₁(μ₁ − μ₀)².
double between_classes(const std::vector<std::uint64_t>& histogram, std::size_t k) {
    double w[2] = {0, 0}, m[2] = {0, 0};
    for (std::size_t i = 0; i < histogram.size(); ++i) {
        w[i >= k] += static_cast<double>(histogram[i]);
        m[i >= k] += static_cast<double>(histogram[i] * i);
    }
    if (w[0] == 0 || w[1] == 0) return 0;
    const double apart = m[1] / w[1] - m[0] / w[0];
    return w[0] * w[1] * apart * apart / ((w[0] + w[1]) * (w[0] + w[1]));
}

TEST(Otsu, WorkedExampleOfSixLevels) {
    // A 6 × 6 image often used in teaching: classes {0, 1, 2} and {3, 4, 5}, variance between them 2.6268
    // (published from means and weights rounded to two or four digits).
    const std::vector<std::uint64_t> histogram{8, 7, 2, 6, 9, 4};
    EXPECT_EQ(otsu_cut(histogram), 3u);
    EXPECT_NEAR(between_classes(histogram, 3), 2.6268, 2e-3);
}

TEST(Otsu, IsTheBestOfAllCuts) {
    std::uint64_t state = 7;
    for (int round = 0; round < 200; ++round) {
        std::vector<std::uint64_t> histogram(17);
        for (auto& bin : histogram) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            bin = state >> 60;
        }
        const double found = between_classes(histogram, otsu_cut(histogram));
        for (std::size_t k = 1; k < histogram.size(); ++k)
            EXPECT_GE(found * (1 + 1e-12), between_classes(histogram, k));
    }
}

TEST(Otsu, TwoValuesAreSplitInTheMiddle) {
    EXPECT_EQ(otsu_threshold(GreyVolume({1, 1, 5}, {0, 0, 1, 0, 0})), 0.5);
    EXPECT_EQ(otsu_threshold(GreyVolume({1, 1, 3}, {-7, 255, 255})), 124);
    EXPECT_EQ(otsu_threshold(GreyVolume({1, 1, 2}, {1, std::nextafter(1.0F, 2.0F)})), 1 + 0x1p-24);
}

TEST(Otsu, AUniformRampIsCutInTheMiddle) {
    GreyVolume ramp({1, 1, 256});
    for (std::size_t i = 0; i < 256; ++i) ramp[i] = static_cast<float>(i);
    EXPECT_EQ(otsu_threshold(ramp), 127.5);
}

TEST(Otsu, TwoEqualBellsAreCutBetweenTheirMeans) {
    // The same bell around 80 and around 160 with equal weights: by symmetry the threshold is 120.
    GreyVolume grey({1, 2, 2001});
    for (std::size_t i = 0; i <= 2000; ++i) {
        const double t = static_cast<double>(i) / 1000 - 1;
        const auto spread = static_cast<float>(18 * std::atanh(0.9 * t));
        grey(0, i) = 80 + spread;
        grey(1, i) = 160 + spread;
    }
    EXPECT_NEAR(otsu_threshold(grey), 120, 1);
}

TEST(Otsu, ItsThresholdDoesNotDependOnUnits) {
    GreyVolume grey({1, 1, 6}, {1, 2, 3, 10, 11, 13});
    EXPECT_EQ(otsu_threshold(grey), 6.5);
    for (float& value : grey) value = value * 1024 - 4096;
    EXPECT_EQ(otsu_threshold(grey), 6.5 * 1024 - 4096);
}

TEST(Otsu, OneValueHasNoThreshold) {
    EXPECT_THROW(otsu_threshold(GreyVolume({1, 3, 3}, 5.0F)), InputError);
    EXPECT_THROW(otsu_cut({0, 12, 0}), InputError);
    EXPECT_THROW(otsu_threshold(GreyVolume()), Error);
}

}  // namespace
}  // namespace protolith::volume
