#include "queue/types.hpp"

#include "queue/queue.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::kernels {
namespace {

TEST(Bfloat16, RoundsToNearestAndTiesToEven) {
    EXPECT_EQ(static_cast<float>(bfloat16(1.0F + 0x1p-8F)), 1.0F);              // a tie: to even, down
    EXPECT_EQ(static_cast<float>(bfloat16(1.0F + 0x1.8p-7F)), 1.0F + 0x1p-6F);  // a tie: to even, up
    EXPECT_EQ(static_cast<float>(bfloat16(-3.140625F)), -3.140625F);
    EXPECT_TRUE(std::isnan(static_cast<float>(bfloat16(std::numeric_limits<float>::quiet_NaN()))));
    EXPECT_TRUE(std::isinf(static_cast<float>(bfloat16(std::numeric_limits<float>::max()))));
}

TEST(Pool, AFreedBlockServesTheNextRequestOfItsSize) {
    Pool pool(Backend::cpu);
    void* first = pool.allocate(100'000);
    pool.release(first, 100'000);
    EXPECT_EQ(pool.allocate(99'000), first);
    EXPECT_EQ(pool.use().peak_live, pool.use().live);
    pool.release(first, 99'000);
    pool.trim();
    EXPECT_EQ(pool.use().held, 0U);
    EXPECT_GE(pool.use().peak_held, 100'000U);
}

TEST(Pool, MakesRoomForSizesThatAStepAsksForNow) {
    Pool pool(Backend::cpu);
    for (int phase = 0; phase < 5; ++phase) {
        // every phase has ten blocks of a size of its own in use at once
        const std::size_t size = 100'000 + 30'000 * static_cast<std::size_t>(phase);
        std::vector<void*> blocks;
        for (int i = 0; i < 10; ++i) blocks.push_back(pool.allocate(size));
        for (void* block : blocks) pool.release(block, size);
    }
    EXPECT_LE(pool.use().peak_held, pool.use().peak_live * 9 / 8);
    EXPECT_EQ(pool.use().live, 0U);
}

TEST(Pool, CutsALargeBlockRatherThanGrowAndJoinsItAgain) {
    Pool pool(Backend::cpu);
    constexpr std::size_t large = std::size_t{4} << 20, small = std::size_t{1} << 20;
    void* first = pool.allocate(large);
    const std::size_t held = pool.use().held;
    for (int round = 0; round < 3; ++round) {
        pool.release(first, large);
        std::vector<void*> parts;
        for (int i = 0; i < 4; ++i) {
            parts.push_back(pool.allocate(small));
            std::fill_n(static_cast<char*>(parts.back()), small, static_cast<char>(i));
        }
        for (int i = 0; i < 4; ++i) EXPECT_EQ(*(static_cast<char*>(parts[i]) + small - 1), i);
        EXPECT_EQ(pool.use().live, 4 * small);
        for (const int i : {2, 0, 3, 1}) pool.release(parts[i], small);
        first = pool.allocate(large);
        EXPECT_LE(pool.use().held, held + large / 8);
    }
    pool.release(first, large);
    pool.trim();
    EXPECT_EQ(pool.use().held, 0U);
}

TEST(Queue, KeepsOneStateOfEachTopic) {
    struct Plans {
        explicit Plans(Queue&) {}
        int made = 0;
    };
    Queue queue;
    queue.state<Plans>().made = 3;
    EXPECT_EQ(queue.state<Plans>().made, 3);
}

}  // namespace
}  // namespace protolith::kernels
