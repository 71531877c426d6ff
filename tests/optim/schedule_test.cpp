#include "optim/schedule.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

namespace protolith::optim {
namespace {

TEST(Schedule, IsConstantUnlessSaid) {
    EXPECT_EQ(factor_at({}, 0), 1.0);
    EXPECT_EQ(factor_at({}, 1'000'000), 1.0);
}

TEST(Schedule, FallsLinearlyToZero) {
    const Schedule schedule{.kind = ScheduleKind::linear, .from = 50, .to = 75};
    EXPECT_EQ(factor_at(schedule, 0), 1.0);
    EXPECT_EQ(factor_at(schedule, 50), 1.0);
    EXPECT_DOUBLE_EQ(factor_at(schedule, 60), 0.6);
    EXPECT_EQ(factor_at(schedule, 75), 0.0);
    EXPECT_EQ(factor_at(schedule, 80), 0.0);
}

TEST(Schedule, FallsInSteps) {
    const Schedule schedule{.kind = ScheduleKind::steps, .interval = 50, .factor = 0.1};
    EXPECT_EQ(factor_at(schedule, 49), 1.0);
    EXPECT_DOUBLE_EQ(factor_at(schedule, 50), 0.1);
    EXPECT_DOUBLE_EQ(factor_at(schedule, 149), 0.01);
}

TEST(Schedule, RefusesWhatCannotFall) {
    EXPECT_THROW(validate({.kind = ScheduleKind::linear, .from = 5, .to = 5}), InputError);
    EXPECT_THROW(validate({.kind = ScheduleKind::steps, .interval = 0}), InputError);
    EXPECT_THROW(validate({.kind = ScheduleKind::steps, .interval = 3, .factor = 1.5}), InputError);
}

}  // namespace
}  // namespace protolith::optim
