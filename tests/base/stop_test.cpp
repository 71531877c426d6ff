// Walltime texts and signals.
#include "base/stop.hpp"

#include <csignal>

#include <gtest/gtest.h>

namespace protolith {
namespace {

TEST(Walltime, FormsOfSlurmAreUnderstood) {
    EXPECT_EQ(parse_walltime("01:02:03"), 3723);
    EXPECT_EQ(parse_walltime("2:30"), 150);
    EXPECT_EQ(parse_walltime("1-00:00:10"), 86410);
    EXPECT_EQ(parse_walltime("100:00:00"), 360000);
}

TEST(Walltime, AnythingElseIsRefusedWithTheText) {
    for (const char* bad : {"", "x", "1:2:3:4", "-1:00:00", "90", "1h", "1:2:3x", "x-1:2:3", "1:2x"})
        EXPECT_THROW(parse_walltime(bad), InputError) << bad;
}

TEST(Duration, ReadableAtEveryScale) {
    EXPECT_EQ(readable_duration(0.0123), "12.3 ms");
    EXPECT_EQ(readable_duration(4.321), "4.32 s");
    EXPECT_EQ(readable_duration(43.2), "43.2 s");
    EXPECT_EQ(readable_duration(725), "12 min 05 s");
    EXPECT_EQ(readable_duration(11220), "3 h 07 min");
}

TEST(StopFlag, ASignalIsSeenWithItsName) {
    const Clock clock;
    const StopFlag stop(clock, std::nullopt);
    EXPECT_FALSE(stop.requested_here());
    EXPECT_FALSE(stop.reason_here());
    std::raise(SIGUSR1);
    EXPECT_TRUE(stop.requested_here());
    EXPECT_EQ(stop.reason_here(), "SIGUSR1 received");
}

TEST(StopFlag, AnotherJobsSignalIsForgotten) {
    const Clock clock;
    {
        const StopFlag first(clock, std::nullopt);
        std::raise(SIGTERM);
    }
    EXPECT_FALSE(StopFlag(clock, std::nullopt).requested_here());
}

TEST(StopFlag, TheWallClockLimitIsAReason) {
    const Clock clock;
    EXPECT_FALSE(StopFlag(clock, 3600).requested_here());
    EXPECT_EQ(StopFlag(clock, 0).reason_here(), "the wall-clock limit of 0.0 ms is reached");
}

}  // namespace
}  // namespace protolith
