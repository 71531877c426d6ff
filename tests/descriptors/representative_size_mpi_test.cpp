// The representative size is the same to the last bit however many ranks share the windows; verdicts on media whose
// representative size is known in kind.
#include "descriptors/representative_size.hpp"
#include "images.hpp"

#include <cstring>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

void expect_equal(const RepresentativeSize& a, const RepresentativeSize& b) {
    EXPECT_EQ(a.r, b.r);
    EXPECT_EQ(a.verdict, b.verdict);
    ASSERT_EQ(a.sizes.size(), b.sizes.size());
    for (std::size_t i = 0; i < a.sizes.size(); ++i) {
        EXPECT_EQ(a.sizes[i].windows, b.sizes[i].windows);
        EXPECT_EQ(a.sizes[i].mean_f2, b.sizes[i].mean_f2);
        EXPECT_EQ(std::memcmp(&a.sizes[i].mse, &b.sizes[i].mse, sizeof(double)), 0);
        EXPECT_EQ(a.sizes[i].undefined, b.sizes[i].undefined);
    }
}

TEST(RepresentativeSizeMpi, EqualsTheResultOfOneRank) {
    const Communicator comm;
    const Communicator alone = Communicator::split(comm, comm.rank());
    const RepresentativeSizeSettings settings{.sizes = {24, 50, 101}, .windows = 7, .tolerance = 1e-2, .seed = 4};
    const PhaseVolume image = test::void_between_disks(256, 6, 0.6, 2);
    expect_equal(representative_size(comm, image, settings), representative_size(alone, image, settings));
    const PhaseVolume rock = test::bernoulli({30, 31, 33}, 0.3, 8);
    const RepresentativeSizeSettings cubes{.sizes = {5, 9, 30}, .windows = 3};
    expect_equal(representative_size(comm, rock, cubes), representative_size(alone, rock, cubes));
}

TEST(RepresentativeSizeMpi, AStripedRockIsRepresentedByEveryWindowOfWholePeriods) {
    // Stripes of period 8: F2 of a window of whole periods, read periodically, is the same wherever it lies.
    PhaseVolume image({1, 128, 128});
    for (std::size_t y = 0; y < 128; ++y)
        for (std::size_t x = 0; x < 128; ++x) image(y, x) = x % 8 < 4;
    const Communicator comm;
    const auto result = representative_size(
        comm, image, {.sizes = {16, 32, 64, 128}, .tolerance = 1e-20, .boundary = Boundary::periodic});
    ASSERT_TRUE(result.verdict);
    EXPECT_EQ(*result.verdict, 16u);
    EXPECT_EQ(result.r.size(), 9u);
    // Columns are all alike (F2 = 1), rows swing between 1 and −1: the mean at half a period is 0, at a whole period 1.
    EXPECT_NEAR(result.sizes[1].mean_f2[4], 0.0, 1e-12);
    EXPECT_NEAR(result.sizes[1].mean_f2[8], 1.0, 1e-12);
}

TEST(RepresentativeSizeMpi, LargerGrainsNeedLargerWindows) {
    const PhaseVolume image = test::void_between_disks(1024, 8, 0.5, 21);
    const Communicator comm;
    const auto result = representative_size(comm, image, {.sizes = {40, 80, 160, 320, 640}, .tolerance = 1e-3});
    for (const auto& size : result.sizes) {
        EXPECT_EQ(size.mean_f2.size(), 20u);
        EXPECT_DOUBLE_EQ(size.mean_f2[0], 1.0);
    }
    EXPECT_GT(result.sizes[0].mse, result.sizes[3].mse);
    EXPECT_EQ(result.sizes.back().mse, 0.0);
    ASSERT_TRUE(result.verdict);
    EXPECT_LT(*result.verdict, 640u);
    const auto strict = representative_size(comm, image, {.sizes = {40, 80, 160, 320, 640}, .tolerance = 1e-15});
    EXPECT_FALSE(strict.verdict);
}

TEST(RepresentativeSizeMpi, WindowsOfOnePhaseAreCountedAndLeftOut) {
    // The phase fills a corner: small windows mostly miss it.
    PhaseVolume image({1, 64, 64});
    for (std::size_t y = 0; y < 20; ++y)
        for (std::size_t x = 0; x < 20; ++x) image(y, x) = 1;
    const Communicator comm;
    const auto result = representative_size(comm, image, {.sizes = {4, 64}, .windows = 40, .tolerance = 1e9});
    EXPECT_GT(result.sizes[0].undefined, 20u);
    EXPECT_EQ(result.sizes[1].undefined, 0u);
    EXPECT_THROW(representative_size(comm, PhaseVolume({1, 64, 64}), {.sizes = {4, 64}}), InputError);
}

TEST(RepresentativeSizeMpi, AFailingReaderFailsTheAnalysis) {
    const Communicator comm;
    const WindowReader broken = [](const Window& w) -> PhaseVolume {
        throw InputError(fmt::format("strip at row {} is damaged", w.y));
    };
    EXPECT_THROW(representative_size(comm, {1, 64, 64}, broken, {.sizes = {8, 16}}), Error);
}

TEST(RepresentativeSizeMpi, AReaderThatFailsOnOneRankFailsOnAll) {
    const Communicator comm;
    const WindowReader read = [&](const Window& w) {
        if (comm.rank() == comm.size() - 1) throw InputError("a damaged strip");
        return PhaseVolume({1, w.size, w.size}, 1);
    };
    EXPECT_THROW(representative_size(comm, {1, 64, 64}, read, {.sizes = {8, 16}}), CollectiveError);
}

}  // namespace
}  // namespace protolith::descriptors
