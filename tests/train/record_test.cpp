#include "train/record.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace protolith::train {
namespace {

TEST(Record, KeepsRowsByColumn) {
    Record record("losses", {"a", "b"});
    EXPECT_TRUE(std::isnan(record.last(0)));
    record.add(1, {2, 3});
    record.add(5, {4, 9});
    EXPECT_EQ(record.column(1), (std::vector<double>{3, 9}));
    EXPECT_EQ(record.steps(), (std::vector<double>{1, 5}));
    EXPECT_EQ(record.last(0), 4);
    EXPECT_THROW(record.add(6, {1}), Error);
    EXPECT_THROW(static_cast<void>(record.column(2)), Error);
}

TEST(Record, AsACurveIsTheMeanOverWindows) {
    Record record("losses", {"a"});
    for (std::uint64_t step = 1; step <= 5; ++step) record.add(step, {static_cast<double>(step * step)});
    const auto curve = curve_of(record, 0, 2);
    EXPECT_EQ(curve.x, (std::vector<double>{1.5, 3.5, 5}));
    EXPECT_EQ(curve.y, (std::vector<double>{2.5, 12.5, 25}));
    EXPECT_EQ(curve_of(record, 0).y, record.column(0));
}

}  // namespace
}  // namespace protolith::train
