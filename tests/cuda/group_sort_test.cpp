#include "group_sort/group_sort.hpp"

#include "shifted_array.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::kernels {
namespace {

using testing::doubles;
using testing::ragged_numbers;
using testing::ShiftedArray;
using testing::shifts;
using testing::whole_numbers;

struct Sizes {
    std::int64_t groups, size;
};
const std::vector<Sizes> cases{{1, 2},  {7, 2},  {31, 2}, {257, 2}, {2000, 2}, {5, 3}, {333, 4}, {8, 4},
                               {33, 8}, {3, 16}, {5, 32}, {3, 33},  {2, 256},  {1, 5}, {0, 4},   {0, 2}};

template <class T>
class CudaGroupSort : public ::testing::Test {};
TYPED_TEST_SUITE(CudaGroupSort, testing::ElementTypes);

TYPED_TEST(CudaGroupSort, OrderPlacesGatherAndScatterAreThoseOfTheCpu) {
    using T = TypeParam;
    Queue host, device(Backend::cuda);
    for (const auto& [groups, size] : cases)
        for (const auto shift : shifts) {
            const auto x = whole_numbers<T>(groups * size), u = ragged_numbers<T>(groups * size);
            std::vector<T> y(x.size()), gathered(x.size()), scattered(x.size());
            std::vector<std::uint8_t> places(static_cast<std::size_t>(group_places(groups, size)));
            cpu::group_sort(host, groups, size, x.data(), y.data(), places.data());
            cpu::group_gather(host, groups, size, u.data(), places.data(), gathered.data());
            cpu::group_scatter(host, groups, size, u.data(), places.data(), scattered.data());

            const ShiftedArray<T> dx(device, x, shift), du(device, u, 0), dy(device, x.size(), 0);
            const ShiftedArray<T> to_order(device, x.size(), shift), from_order(device, x.size(), 0);
            const ShiftedArray<std::uint8_t> at(device, places.size(), shift);
            cuda::group_sort<T>(device, groups, size, dx.data(), dy.data(), at.data());
            cuda::group_gather<T>(device, groups, size, du.data(), at.data(), to_order.data());
            cuda::group_scatter<T>(device, groups, size, du.data(), at.data(), from_order.data());
            ASSERT_EQ(at.values(), places) << groups << " groups of " << size;
            ASSERT_EQ(doubles(dy.values()), doubles(y));
            ASSERT_EQ(doubles(to_order.values()), doubles(gathered));
            ASSERT_EQ(doubles(from_order.values()), doubles(scattered));
        }
}

TYPED_TEST(CudaGroupSort, WithNanEveryMemberStillHasAPlaceOfItsOwn) {
    using T = TypeParam;
    Queue device(Backend::cuda);
    for (const std::int64_t size : {2, 4, 5, 32}) {
        auto x = ragged_numbers<T>(3 * size);
        x[0] = x[1] = T(NAN);
        const ShiftedArray<T> dx(device, x, 0), dy(device, x.size(), 0), back(device, x.size(), 0);
        const ShiftedArray<std::uint8_t> at(device, static_cast<std::size_t>(group_places(3, size)), 0);
        cuda::group_sort<T>(device, 3, size, dx.data(), dy.data(), at.data());
        cuda::group_scatter<T>(device, 3, size, dy.data(), at.data(), back.data());
        const auto found = doubles(back.values()), expected = doubles(x);
        for (std::size_t i = 0; i < found.size(); ++i)
            EXPECT_TRUE(found[i] == expected[i] || (std::isnan(found[i]) && std::isnan(expected[i]))) << size;
    }
}

}  // namespace
}  // namespace protolith::kernels
