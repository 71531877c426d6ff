// Every test three times: threads forward and work done at once, threads backward and work done as late as may be,
// both at random. --gtest_repeat=1 leaves it at the first.
#include "simt/simt.hpp"
#include "standin/runtime/runtime.hpp"

#include <cstdio>

#include <gtest/gtest.h>

namespace {

class Orders : public ::testing::EmptyTestEventListener {
    void OnTestIterationStart(const ::testing::UnitTest& /*tests*/, int iteration) override {
        constexpr simt::Order orders[] = {simt::Order::forward, simt::Order::backward, simt::Order::random};
        constexpr standin::Schedule schedules[] = {standin::Schedule::eager, standin::Schedule::lazy,
                                                   standin::Schedule::random};
        constexpr const char* names[] = {"forward, done at once", "backward, done late", "at random"};
        const int which = iteration % 3;
        simt::set_order(orders[which], static_cast<unsigned>(iteration));
        standin::set_schedule(schedules[which], static_cast<unsigned>(iteration));
        std::printf("Threads run %s\n", names[which]);
    }
};

}  // namespace

int main(int argc, char** argv) {
    GTEST_FLAG_SET(repeat, 3);
    ::testing::InitGoogleTest(&argc, argv);
    ::testing::UnitTest::GetInstance()->listeners().Append(new Orders);
    return RUN_ALL_TESTS();
}
