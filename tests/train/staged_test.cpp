#include "train/staged.hpp"

#include "base/error.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace protolith::train {
namespace {

/// Values that name the update and the place; notes which updates were made.
struct Maker {
    std::vector<std::uint64_t> made;

    Staged::Fill fill() {
        return [this](std::uint64_t update, std::span<float> values) {
            made.push_back(update);
            for (std::size_t i = 0; i < values.size(); ++i)
                values[i] = static_cast<float>(10 * update) + static_cast<float>(i);
        };
    }
};

TEST(Staged, GivesEveryUpdateItsValuesWhetherPreparedOrNot) {
    Queue queue;
    Maker maker;
    Staged staged(queue, {3, 1}, DataType::float32, maker.fill());
    for (std::uint64_t update = 0; update < 5; ++update) {
        if (update % 2 == 0) staged.prepare(update);
        const Tensor& taken = staged.take(update);
        staged.prepare(update + 1);
        const auto first = static_cast<float>(10 * update);
        EXPECT_EQ(taken.to_floats(), (std::vector<float>{first, first + 1, first + 2}));
    }
    EXPECT_EQ(maker.made, (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5})) << "none is made twice";
}

TEST(Staged, TakesAnUpdateThatWasNotThePreparedOne) {
    Queue queue;
    Maker maker;
    Staged staged(queue, {1}, DataType::float32, maker.fill());
    staged.prepare(7);
    EXPECT_EQ(staged.take(3).item(), 30) << "a training that goes on from a checkpoint";
    EXPECT_EQ(staged.take(7).item(), 70);
}

TEST(Staged, RoundsAsTensorsDo) {
    Queue queue;
    const auto fill = [](std::uint64_t, std::span<float> values) {
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1.0F + 0.001F * static_cast<float>(i);
    };
    Staged staged(queue, {4, 5}, DataType::bfloat16, fill);
    std::vector<float> exact(20);
    fill(0, exact);
    EXPECT_EQ(staged.take(0).to_floats(), Tensor::from(queue, {4, 5}, DataType::bfloat16, exact).to_floats());
    EXPECT_THROW(Staged(queue, {1}, DataType::float64, fill), Error);
}

TEST(Staged, LiesAtOnePlace) {
    Queue queue;
    Maker maker;
    Staged staged(queue, {2}, DataType::float32, maker.fill());
    const void* const place = staged.take(0).raw();
    const auto version = staged.take(1).version();
    EXPECT_EQ(staged.take(2).raw(), place);
    EXPECT_GT(staged.take(3).version(), version) << "caches see the change";
}

TEST(Staged, AnEmptyPartOfABatchIsEmpty) {
    Queue queue;
    Maker maker;
    Staged staged(queue, {0, 4}, DataType::float32, maker.fill());
    EXPECT_EQ(staged.take(0).elements(), 0);
}

}  // namespace
}  // namespace protolith::train
