// Maps whose places depend on the values, or on random numbers: GroupSort, max pooling, dropout. Away from ties they
// are linear, with places that stay.
#include "autograd/dropout.hpp"
#include "autograd/group_sort.hpp"
#include "autograd/pool.hpp"
#include "base/error.hpp"
#include "base/random.hpp"
#include "linear_maps.hpp"

#include <algorithm>

namespace protolith::autograd {
namespace {

using testing::counted;
using testing::expect_derivatives;
using testing::values;

TEST(GroupSort, SortsGroupsOfChannels) {
    Queue queue;
    const Var x = values(queue, {1, 1, 2, 4}, {3, 1, 2, 4, -1, -1, 5, 0});
    EXPECT_EQ(group_sort(x).value().to_doubles(), (std::vector<double>{1, 3, 2, 4, -1, -1, 0, 5}));
    EXPECT_EQ(group_sort(x, 4).value().to_doubles(), (std::vector<double>{1, 2, 3, 4, -1, -1, 0, 5}));
    EXPECT_THROW((void)group_sort(x, 3), Error);
    EXPECT_THROW((void)group_sort(x, 1), Error);
}

TEST(GroupSort, HasTheDerivativesOfAPermutation) {
    for (const std::int64_t group : {2, 3, 6})
        expect_derivatives([group](const auto& x) { return group_sort(x[0], group); }, {{2, 3, 1, 12}});
    Queue queue;
    const Var x = values(queue, {1, 3}, {3, 1, 2}, true);
    const Var y = group_sort(x, 3);
    EXPECT_EQ(grad(y, {x}, values(queue, {1, 3}, {10, 20, 30}))[0].value().to_doubles(),
              (std::vector<double>{30, 10, 20}));
}

TEST(GroupSort, KeepsTheGradientsLength) {
    Queue queue;
    const Var x(testing::random_tensor(queue, {4, 5, 3, 8}, 1), true), y = group_sort(x);
    const Tensor v = testing::random_tensor(queue, y.shape(), 2);
    auto back = grad(y, {x}, Var(v))[0].value().to_doubles(), sent = v.to_doubles();
    std::sort(back.begin(), back.end());
    std::sort(sent.begin(), sent.end());
    EXPECT_EQ(back, sent);
}

TEST(GroupSort, KeepsAByteForAPair) {
    Queue queue;
    const Var x(Tensor::zeros(queue, {64, 1024}, DataType::float32), true);
    const auto before = queue.pool()->use().live;
    const Var y = group_sort(x);
    EXPECT_LE(queue.pool()->use().live, before + 64 * 1024 * 4 + 64 * 512 + 128);
}

TEST(MaxPool, TakesTheLargestOfEachWindow) {
    Queue queue;
    const Var x = values(queue, {1, 2, 4, 1}, {1, 5, 2, 2, 3, 4, 8, 7}, true);
    const Var y = max_pool(x);
    EXPECT_EQ(y.value().to_doubles(), (std::vector<double>{5, 8}));
    EXPECT_EQ(grad(y, {x}, counted(queue, y.shape()))[0].value().to_doubles(),
              (std::vector<double>{0, 1, 0, 0, 0, 0, 2, 0}));
    EXPECT_THROW((void)max_pool(x, {5, 1, 0}), Error);
    EXPECT_THROW((void)max_pool(counted(queue, {1, 20, 20, 1}), {17, 1, 0}), Error);
}

TEST(MaxPool, HasTheDerivativesOfAGather) {
    for (const Pooling pooling : {Pooling{2, 2, 0}, Pooling{3, 1, 1}, Pooling{2, 3, 0}}) {
        expect_derivatives([&](const auto& x) { return max_pool(x[0], pooling); }, {{2, 5, 4, 3}});
        expect_derivatives([&](const auto& x) { return max_pool(x[0], pooling); }, {{1, 4, 5, 3, 2}});
    }
}

TEST(Dropout, DrawsPhiloxNumbersByElement) {
    Queue queue;
    const std::uint32_t threshold = kernels::dropout_threshold(0.3);
    const double kept = 65536.0 / (65536.0 - threshold);
    const Var ones(Tensor::full(queue, {1003}, DataType::float64, 1));
    const auto y = dropout(ones, 0.3, {0x123456789abcdef0, 17, 23}).value().to_doubles();
    for (std::uint32_t i = 0; i < y.size(); ++i) {
        const auto words = r123::Philox4x32{}({{i / 8, 0, 17 + 0x80000000u, 23}}, {{0x9abcdef0, 0x12345678}});
        const std::uint32_t bits = words[i / 2 % 4] >> (16 * (i % 2)) & 0xffff;
        ASSERT_EQ(y[i], bits < threshold ? 0.0 : kept) << i;
    }
}

TEST(Dropout, IsALinearMapWithOneMaskForAKey) {
    const DropoutKey key{5, 3, 8};
    testing::expect_linear_map([&](const Var& x) { return dropout(x, 0.4, key); }, {3, 5, 7, 11});
    Queue queue;
    const Var ones(Tensor::full(queue, {1000}, DataType::float64, 1));
    const auto kept = dropout(ones, 0.5, key).value().to_doubles();
    for (const double value : kept) EXPECT_TRUE(value == 0 || value == 2);
    EXPECT_EQ(kept, dropout(ones, 0.5, key).value().to_doubles());
    EXPECT_NE(kept, dropout(ones, 0.5, {5, 3, 9}).value().to_doubles());
    EXPECT_EQ(dropout(ones, 0, key).value().identity(), ones.value().identity());
    EXPECT_THROW((void)dropout(ones, 1, key), Error);
    EXPECT_THROW((void)dropout(ones, -0.1, key), Error);
}

}  // namespace
}  // namespace protolith::autograd
