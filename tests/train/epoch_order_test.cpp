#include "train/epoch_order.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

namespace protolith::train {
namespace {

TEST(EpochOrder, EveryEpochHoldsEachSampleOnce) {
    constexpr std::size_t samples = 37;
    EpochOrder order(5, samples);
    std::vector<std::size_t> all(samples), first, second;
    std::iota(all.begin(), all.end(), std::size_t{0});
    for (std::uint64_t place = 0; place < samples; ++place) first.push_back(order.sample(place));
    for (std::uint64_t place = samples; place < 2 * samples; ++place) second.push_back(order.sample(place));
    EXPECT_NE(first, second) << "epochs differ";
    EXPECT_TRUE(std::is_permutation(first.begin(), first.end(), all.begin()));
    EXPECT_TRUE(std::is_permutation(second.begin(), second.end(), all.begin()));
}

TEST(EpochOrder, APlaceIsTheSameInWhateverOrderItIsAskedFor) {
    EpochOrder forward(9, 10), backward(9, 10), other_seed(10, 10);
    std::vector<std::size_t> a, b(60), c;
    for (std::uint64_t place = 0; place < 60; ++place) a.push_back(forward.sample(place));
    for (std::uint64_t place = 60; place-- > 0;) b[place] = backward.sample(place);
    for (std::uint64_t place = 0; place < 60; ++place) c.push_back(other_seed.sample(place));
    EXPECT_EQ(a, b);
    EXPECT_NE(a, c);
}

TEST(EpochOrder, FirstPlaceIsUniformOverSeeds) {
    std::vector<int> count(4, 0);
    for (std::uint64_t seed = 0; seed < 4000; ++seed) ++count[EpochOrder(seed, 4).sample(0)];
    for (const int n : count) EXPECT_NEAR(n, 1000, 5 * 27.4) << "five standard deviations";
}

TEST(EpochOrder, OneSampleIsAlwaysItAndNoneIsRefused) {
    EpochOrder one(1, 1);
    EXPECT_EQ(one.sample(0), 0u);
    EXPECT_EQ(one.sample(12345), 0u);
    EXPECT_THROW(EpochOrder(1, 0), InputError);
}

}  // namespace
}  // namespace protolith::train
