#include "queue/profile.hpp"

#include "memory/system.hpp"

#include <gtest/gtest.h>

namespace protolith::kernels {
namespace {

TEST(Profile, CountsOperationsWhileItLives) {
    Queue queue;
    char bytes[8] = {1, 2};
    {
        Profile profile(queue);
        PROTOLITH_LAUNCH(queue, fill_zero(queue, bytes, 4));
        PROTOLITH_LAUNCH(queue, fill_zero(queue, bytes, 2));
        PROTOLITH_LAUNCH(queue, copy(queue, bytes, bytes + 4, 4));
        EXPECT_EQ(profile.calls("fill_zero"), 2);
        EXPECT_EQ(profile.calls("copy"), 1);
        EXPECT_EQ(profile.calls("convolve"), 0);
        EXPECT_GE(profile.entries().at("fill_zero").seconds, 0.0);
    }
    EXPECT_EQ(queue.profile(), nullptr);
    PROTOLITH_LAUNCH(queue, fill_zero(queue, bytes, 4));
}

}  // namespace
}  // namespace protolith::kernels
