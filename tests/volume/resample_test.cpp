// Claims about sizes: means and phase fractions are kept, ties are fair, the companion rule dilates.
#include "volume/resample.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace protolith::volume {
namespace {

PhaseVolume noise(const Extent& extent, double fraction) {
    PhaseVolume phase(extent);
    std::uint64_t state = 88172645463325252u;
    for (auto& voxel : phase) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        voxel = static_cast<double>(state >> 11) * 0x1p-53 < fraction;
    }
    return phase;
}

double mean(const GreyVolume& grey) {
    return std::accumulate(grey.begin(), grey.end(), 0.0) / static_cast<double>(grey.size());
}

TEST(AreaAverage, WholeBoxesByHand) {
    const GreyVolume grey({1, 2, 4}, {1, 3, 5, 7, 1, 3, 9, 11});
    EXPECT_EQ(area_average(grey, {1, 1, 2}), GreyVolume({1, 1, 2}, {2, 8}));
    EXPECT_EQ(area_average(grey, {1, 1, 1}), GreyVolume({1, 1, 1}, {5}));
    EXPECT_EQ(area_average(grey, grey.extent()), grey);
}

TEST(AreaAverage, BoxesThatCutThroughPixels) {
    // Three pixels to two: each box holds one whole pixel and half of the middle one.
    EXPECT_EQ(area_average(GreyVolume({1, 1, 3}, {0, 3, 6}), {1, 1, 2}), GreyVolume({1, 1, 2}, {1, 5}));
    EXPECT_EQ(area_average(GreyVolume({1, 1, 2}, {0, 3}), {1, 1, 3}), GreyVolume({1, 1, 3}, {0, 1.5F, 3}));
}

TEST(AreaAverage, TheMeanIsKeptAtAwkwardSizes) {
    const PhaseVolume phase = noise({5, 37, 41}, 0.4);
    GreyVolume grey(phase.extent());
    std::copy(phase.begin(), phase.end(), grey.begin());
    for (const Extent target : {Extent{1, 1, 1}, Extent{2, 11, 7}, Extent{5, 36, 40}, Extent{7, 50, 43}})
        EXPECT_NEAR(mean(area_average(grey, target)), mean(grey), 1e-6) << to_string(target);
}

TEST(Resize, WholeBoxesAreTheAreaAverageAboveOneHalf) {
    // Boxes of whole voxels have a path of their own; also boxes with more rows than a byte counts.
    for (const auto& [source, target] : {std::pair{Extent{1, 12, 35}, Extent{1, 4, 7}},
                                         {Extent{6, 4, 8}, Extent{2, 2, 4}},
                                         {Extent{1, 600, 6}, Extent{1, 2, 3}},
                                         {Extent{1, 255, 1}, Extent{1, 1, 1}},
                                         {Extent{2, 128, 3}, Extent{1, 1, 1}}}) {
        const PhaseVolume phase = noise(source, 0.5), full(source, 1);
        GreyVolume grey(source);
        std::copy(phase.begin(), phase.end(), grey.begin());
        const auto average = area_average(grey, target);
        const auto resized = resize(phase, target);
        for (std::size_t i = 0; i < average.size(); ++i)
            EXPECT_TRUE(average[i] == 0.5f || (resized[i] != 0) == (average[i] > 0.5f))
                << to_string(source) << " " << i;
        EXPECT_EQ(resize(full, target), PhaseVolume(target, 1));
    }
}

TEST(Resize, MajorityOfTheBox) {
    const PhaseVolume phase({1, 2, 4}, {1, 1, 0, 0, 1, 0, 0, 1});
    EXPECT_EQ(resize(phase, {1, 1, 2}), PhaseVolume({1, 1, 2}, {1, 0}));
    EXPECT_EQ(resize(phase, phase.extent()), phase);
    EXPECT_EQ(resize(PhaseVolume({1, 1, 3}, {1, 1, 0}), {1, 1, 1}), PhaseVolume({1, 1, 1}, {1}));
}

TEST(Resize, TiesAlternateSoThatTheFractionStays) {
    PhaseVolume stripes({1, 16, 16});
    for (std::size_t i = 0; i < stripes.size(); ++i) stripes[i] = i % 2;
    const PhaseVolume half = resize(stripes, {1, 8, 8});
    EXPECT_EQ(phase_fraction(half), 0.5);
    EXPECT_EQ(half(0, 0), 1);
    EXPECT_EQ(half(0, 1), 0);
    EXPECT_EQ(half(1, 0), 0);
}

TEST(Resize, AreaKeepsTheFractionWhereAnyDilates) {
    // Disks much larger than a box: the boundary alone decides.
    PhaseVolume disks({1, 512, 512});
    for (std::size_t y = 0; y < 512; ++y)
        for (std::size_t x = 0; x < 512; ++x) {
            const double dy = static_cast<double>(y % 128) - 63.5, dx = static_cast<double>(x % 128) - 60.25;
            disks(y, x) = dy * dy + dx * dx < 40 * 40;
        }
    const double fraction = phase_fraction(disks);
    EXPECT_NEAR(phase_fraction(resize(disks, {1, 128, 128})), fraction, 0.002);
    EXPECT_NEAR(phase_fraction(resize(disks, {1, 100, 100})), fraction, 0.004);
    // A quarter of the resolution: the disk grows by about half a source pixel on each side.
    EXPECT_GT(phase_fraction(resize(disks, {1, 128, 128}, ResizeRule::any)), fraction + 0.005);
}

TEST(Resize, AnySeesTheTwoPixelsAroundTheCentre) {
    // Four to one: the centre lies between pixels 1 and 2; pixels 0 and 3 are not interpolated.
    EXPECT_EQ(resize(PhaseVolume({1, 1, 8}, {1, 0, 0, 1, 0, 0, 1, 0}), {1, 1, 2}, ResizeRule::any),
              PhaseVolume({1, 1, 2}, {0, 1}));
    // Three to one: the centre is pixel 1 itself.
    EXPECT_EQ(resize(PhaseVolume({1, 1, 6}, {1, 0, 1, 0, 1, 0}), {1, 1, 2}, ResizeRule::any),
              PhaseVolume({1, 1, 2}, {0, 1}));
    // Enlarging: beyond the outermost centres the edge value holds.
    EXPECT_EQ(resize(PhaseVolume({1, 1, 2}, {1, 0}), {1, 1, 4}, ResizeRule::any), PhaseVolume({1, 1, 4}, {1, 1, 1, 0}));
    const PhaseVolume same = noise({3, 5, 7}, 0.3);
    EXPECT_EQ(resize(same, same.extent(), ResizeRule::any), same);
}

TEST(Resize, FullAndEmptyStay) {
    for (const ResizeRule rule : {ResizeRule::area, ResizeRule::any})
        for (const std::uint8_t value : {std::uint8_t{0}, std::uint8_t{1}}) {
            const PhaseVolume flat({3, 9, 10}, value);
            EXPECT_EQ(resize(flat, {2, 4, 11}, rule), PhaseVolume({2, 4, 11}, value));
        }
    EXPECT_THROW(resize(PhaseVolume({1, 2, 2}), {1, 0, 2}), Error);
    EXPECT_THROW(resize(PhaseVolume({1, 0, 2}), {1, 1, 2}, ResizeRule::any), Error);
}

TEST(Coarsen, HalvesEveryAxisThatIsLongerThanOne) {
    EXPECT_EQ(coarsen(PhaseVolume({1, 8, 6})).extent(), (Extent{1, 4, 3}));
    EXPECT_EQ(coarsen(PhaseVolume({4, 7, 1})).extent(), (Extent{2, 4, 1}));
    EXPECT_EQ(coarsen(PhaseVolume({1, 1, 1}, std::uint8_t{1})), PhaseVolume({1, 1, 1}, std::uint8_t{1}));
    EXPECT_EQ(coarsen(GreyVolume({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8})), GreyVolume({1, 1, 1}, {4.5F}));
    EXPECT_EQ(coarsen(PhaseVolume({2, 2, 2}, {1, 1, 1, 0, 0, 1, 0, 1})), PhaseVolume({1, 1, 1}, {1}));
}

TEST(Coarsen, NoiseOfOneHalfStaysOneHalf) {
    const PhaseVolume coarse = coarsen(noise({1, 512, 512}, 0.5));
    EXPECT_NEAR(phase_fraction(coarse), 0.5, 4 * 0.5 / 256);
}

}  // namespace
}  // namespace protolith::volume
