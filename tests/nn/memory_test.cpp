#include "nn/memory.hpp"

#include <gtest/gtest.h>

namespace protolith::nn {
namespace {

TEST(MemoryNeed, NamesTheLargestBatchThatFits) {
    constexpr std::size_t gib = std::size_t{1} << 30;
    const MemoryNeed need{gib, gib / 64};
    EXPECT_EQ(need.of(64), 2 * gib);
    EXPECT_EQ(need.largest_batch(2 * gib), 64);
    EXPECT_EQ(need.largest_batch(2 * gib - 1), 63);
    EXPECT_EQ(need.largest_batch(gib), 0);
    EXPECT_EQ(need.largest_batch(gib - 1), 0);
}

}  // namespace
}  // namespace protolith::nn
