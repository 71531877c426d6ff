#include "group_sort/group_sort.hpp"

#include "arrays.hpp"

#include <algorithm>

namespace protolith::kernels {
namespace {

using testing::dot;
using testing::doubles;
using testing::whole_numbers;

struct Sizes {
    std::int64_t groups, size;
};
const std::vector<Sizes> cases{{1, 2}, {7, 2}, {100, 2}, {1003, 2}, {20'000, 2}, {5, 3}, {333, 4}, {2, 256}, {1, 5}};

template <class T>
class GroupSort : public ::testing::Test {};
TYPED_TEST_SUITE(GroupSort, testing::ElementTypes);

TYPED_TEST(GroupSort, OrdersEveryGroup) {
    for (const auto& [groups, size] : cases) {
        const auto x = whole_numbers<TypeParam>(groups * size);
        auto expected = doubles(x);
        for (auto it = expected.begin(); it != expected.end(); it += size) std::stable_sort(it, it + size);
        std::vector<TypeParam> y(x.size()), again(x.size());
        std::vector<std::uint8_t> places(static_cast<std::size_t>(group_places(groups, size)));
        Queue queue(Backend::cpu, 2);
        cpu::group_sort(queue, groups, size, x.data(), y.data(), places.data());
        cpu::group_gather(queue, groups, size, x.data(), places.data(), again.data());
        EXPECT_EQ(doubles(y), expected);
        EXPECT_EQ(doubles(again), expected);
    }
}

TYPED_TEST(GroupSort, ScatterIsInverseAndAdjoint) {
    for (const auto& [groups, size] : cases) {
        const auto x = whole_numbers<TypeParam>(groups * size, 1), u = whole_numbers<TypeParam>(groups * size, 2);
        std::vector<TypeParam> y(x.size()), back(x.size()), gathered(x.size()), scattered(x.size());
        std::vector<std::uint8_t> places(static_cast<std::size_t>(group_places(groups, size)));
        Queue queue(Backend::cpu, 2);
        cpu::group_sort(queue, groups, size, x.data(), y.data(), places.data());
        cpu::group_scatter(queue, groups, size, y.data(), places.data(), back.data());
        EXPECT_EQ(doubles(back), doubles(x));
        cpu::group_gather(queue, groups, size, u.data(), places.data(), gathered.data());
        cpu::group_scatter(queue, groups, size, x.data(), places.data(), scattered.data());
        EXPECT_EQ(dot(gathered, x), dot(u, scattered));
    }
}

TEST(GroupSortOfEqualValues, KeepsTheirOrder) {
    Queue queue;
    const std::vector<float> x{2, 2, 1, 1, 0, 1};
    std::vector<float> y(6);
    std::vector<std::uint8_t> swapped(3), places(6);
    cpu::group_sort(queue, 3, 2, x.data(), y.data(), swapped.data());
    EXPECT_EQ(swapped, (std::vector<std::uint8_t>{0, 0, 0}));
    cpu::group_sort(queue, 1, 6, x.data(), y.data(), places.data());
    EXPECT_EQ(places, (std::vector<std::uint8_t>{4, 2, 3, 5, 0, 1}));
}

}  // namespace
}  // namespace protolith::kernels
