#include "nn/memory.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

namespace protolith::nn {
namespace {

TEST(MemoryNeed, NamesTheBatchThatWouldFit) {
    constexpr std::size_t gib = std::size_t{1} << 30;
    const MemoryNeed need{gib, gib / 64};
    EXPECT_EQ(need.of(64), 2 * gib);
    EXPECT_EQ(need.largest_batch(2 * gib), 64);
    EXPECT_EQ(need.largest_batch(gib - 1), 0);
    EXPECT_NO_THROW(require_memory(need, 64, 2 * gib, "a step"));
    const auto message = [&](std::size_t limit) {
        try {
            require_memory(need, 65, limit, "a step");
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_EQ(message(2 * gib), "a step of 65 images needs about 2.02 GiB and a rank may have 2.00 GiB: 64 would fit");
    EXPECT_EQ(message(gib / 2),
              "a step of 65 images needs about 2.02 GiB and a rank may have 0.50 GiB: not even one would fit");
}

}  // namespace
}  // namespace protolith::nn
