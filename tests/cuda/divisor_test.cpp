#include "launch/divisor.hpp"

#include <random>

#include <gtest/gtest.h>

namespace protolith::kernels::cuda {
namespace {

template <class Index>
void expect_division(std::uint64_t divisor, std::uint64_t index) {
    const auto [quotient, remainder] = Divisor<Index>(static_cast<std::int64_t>(divisor))(static_cast<Index>(index));
    ASSERT_EQ(quotient, index / divisor) << index << " : " << divisor;
    ASSERT_EQ(remainder, index % divisor) << index << " : " << divisor;
}

TEST(Divisor, DividesExactlyUpToItsLargestIndex) {
    constexpr std::uint64_t most = (std::uint64_t{1} << 31) - 1;
    std::mt19937_64 random(1);
    std::vector<std::uint64_t> divisors{1, 2, 3, 5, 7, 31, 33, 64, 641, 65535, 65536, 65537, most / 2, most - 1, most};
    for (int i = 0; i < 500; ++i) divisors.push_back(1 + random() % most);
    for (const std::uint64_t divisor : divisors) {
        std::vector<std::uint64_t> indices{0, 1, divisor - 1, divisor, most - 1, most, random() % most};
        for (const std::uint64_t turns : {most / divisor, most / divisor / 2})  // about a multiple
            for (const std::uint64_t beside : {std::uint64_t{0}, std::uint64_t{1}})
                if (turns * divisor >= beside) indices.push_back(turns * divisor - beside);
        for (const std::uint64_t index : indices) {
            expect_division<std::uint32_t>(divisor, index);
            expect_division<std::uint64_t>(divisor, index);
        }
    }
}

TEST(Divisor, OfNothingLeavesTheIndexWhole) { EXPECT_EQ(Divisor<std::uint32_t>(0)(5).remainder, 0U); }

}  // namespace
}  // namespace protolith::kernels::cuda
