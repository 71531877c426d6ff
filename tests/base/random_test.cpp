// Philox streams: published known answers, addressability, independence of streams.
#include "base/random.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace protolith {
namespace {

TEST(RandomStream, ZeroKeyAndCounterGiveThePublishedPhilox4x32Answer) {
    // Random123's kat_vectors: philox4x32 10 rounds, counter and key 0: 6627e8d5 e169c58d bc57ac4c 9b00dbd8
    RandomStream s(0, static_cast<RandomPurpose>(0), 0);
    EXPECT_EQ(s.bits(), 0xe169c58d6627e8d5ull);
    EXPECT_EQ(s.bits(), 0x9b00dbd8bc57ac4cull);
}

TEST(RandomStream, SeekReturnsToAnyPlace) {
    RandomStream s(3, RandomPurpose::test, 9);
    std::vector<std::uint64_t> first;
    for (int i = 0; i < 1000; ++i) first.push_back(s.bits());
    for (std::uint64_t place : {0u, 1u, 31u, 32u, 33u, 500u, 999u}) {
        s.seek(place);
        EXPECT_EQ(s.bits(), first[place]);
        EXPECT_EQ(s.position(), place + 1);
    }
}

TEST(RandomStream, EverySeedPurposeAndItemHasItsOwnSequence) {
    const auto first = [](std::uint64_t seed, RandomPurpose p, std::uint32_t item) {
        return RandomStream(seed, p, item).bits();
    };
    const auto base = first(1, RandomPurpose::test, 1);
    EXPECT_NE(base, first(2, RandomPurpose::test, 1));
    EXPECT_NE(base, first(std::uint64_t{1} << 40 | 1, RandomPurpose::test, 1));
    EXPECT_NE(base, first(1, RandomPurpose::anneal, 1));
    EXPECT_NE(base, first(1, RandomPurpose::test, 2));
    EXPECT_EQ(base, first(1, RandomPurpose::test, 1));
}

TEST(RandomStream, MomentsOfUniformAndNormalLieWithinFiveStandardErrors) {
    RandomStream s(11, RandomPurpose::test, 0);
    constexpr int n = 200000;
    double u = 0, z = 0, z2 = 0;
    for (int i = 0; i < n; ++i) {
        u += s.uniform();
        const double x = s.normal();
        z += x;
        z2 += x * x;
    }
    EXPECT_NEAR(u / n, 0.5, 5 * std::sqrt(1.0 / 12 / n));
    EXPECT_NEAR(z / n, 0, 5 / std::sqrt(n));
    EXPECT_NEAR(z2 / n, 1, 5 * std::sqrt(2.0 / n));
}

TEST(RandomStream, BelowStaysBelowAndReachesEveryValue) {
    RandomStream s(5, RandomPurpose::test, 0);
    std::array<int, 7> seen{};
    for (int i = 0; i < 7000; ++i) ++seen.at(s.below(7));
    for (int count : seen) EXPECT_NEAR(count, 1000, 5 * std::sqrt(1000.0));
}

}  // namespace
}  // namespace protolith
