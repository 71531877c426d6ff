#include "anneal/candidates.hpp"

#include "anneal/refine.hpp"
#include "synthetic.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace protolith::anneal {
namespace {

std::vector<std::uint32_t> sorted(std::span<const std::uint32_t> list) {
    std::vector<std::uint32_t> copy(list.begin(), list.end());
    std::sort(copy.begin(), copy.end());
    return copy;
}

class CandidatesCase : public testing::TestWithParam<std::tuple<Extent, Selection>> {};

TEST_P(CandidatesCase, ListsKeptSwapBySwapEqualListsMadeAfresh) {
    const auto [extent, selection] = GetParam();
    Candidates candidates(synthetic::noise(extent, 0.3, 1), selection);
    RandomStream random(2, RandomPurpose::test, 0);
    for (int k = 0; k < 500; ++k) {
        const auto in_phase = candidates.list(1), outside = candidates.list(0);
        candidates.swap({in_phase[random.below(in_phase.size())], outside[random.below(outside.size())]});
    }
    Candidates fresh(candidates.volume(), selection);
    for (int phase : {0, 1}) {
        EXPECT_EQ(sorted(candidates.list(phase)), sorted(fresh.list(phase)));
        for (std::uint32_t voxel : candidates.list(phase)) EXPECT_EQ(candidates.volume()[voxel], phase);
    }
    candidates.sort();
    for (int phase : {0, 1}) EXPECT_TRUE(std::ranges::equal(candidates.list(phase), fresh.list(phase)));
}

INSTANTIATE_TEST_SUITE_P(Shapes, CandidatesCase,
                         testing::Combine(testing::Values(Extent{1, 16, 16}, Extent{1, 7, 13}, Extent{1, 2, 2},
                                                          Extent{5, 6, 7}),
                                          testing::Values(Selection::uniform, Selection::interface)));

TEST(Candidates, InterfaceOfASquareIsItsRimAndTheRimAroundIt) {
    PhaseVolume image({1, 12, 12});
    for (std::size_t y = 4; y < 8; ++y)
        for (std::size_t x = 4; x < 8; ++x) image(y, x) = 1;
    Candidates candidates(image, Selection::interface);
    EXPECT_EQ(candidates.list(1).size(), 12u);
    EXPECT_EQ(candidates.list(0).size(), 16u);
}

TEST(Refine, EveryVoxelBecomesABlockAndTheFractionIsKept) {
    RandomStream random(3, RandomPurpose::test, 0);
    const PhaseVolume coarse = synthetic::smooth({1, 16, 24}, 0.4, 2, 1);
    const auto in_phase = static_cast<std::size_t>(std::count(coarse.begin(), coarse.end(), 1));
    const PhaseVolume fine = refined(coarse, {1, 32, 48}, 4 * in_phase, random);
    for (std::size_t y = 0; y < 32; ++y)
        for (std::size_t x = 0; x < 48; ++x) EXPECT_EQ(fine(y, x), coarse(y / 2, x / 2));
    const PhaseVolume adjusted = refined(coarse, {1, 32, 48}, 4 * in_phase + 3, random);
    EXPECT_EQ(static_cast<std::size_t>(std::count(adjusted.begin(), adjusted.end(), 1)), 4 * in_phase + 3);
}

TEST(Refine, RandomVolumeHasTheVoxelsAskedFor) {
    RandomStream random(4, RandomPurpose::test, 0);
    for (std::size_t in_phase : {1u, 100u, 255u}) {
        const PhaseVolume volume = random_volume({1, 16, 16}, in_phase, random);
        EXPECT_EQ(static_cast<std::size_t>(std::count(volume.begin(), volume.end(), 1)), in_phase);
    }
}

}  // namespace
}  // namespace protolith::anneal
