#include "softmax/softmax.hpp"

#include "shifted_array.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::kernels {
namespace {

using testing::expect_near;
using testing::ragged_numbers;
using testing::ShiftedArray;
using testing::shifts;

struct Sizes {
    std::int64_t rows, channels;
};
const std::vector<Sizes> cases{{1, 1},  {257, 2}, {33, 3},  {300, 4}, {31, 5},  {65, 16},  {1, 17}, {9, 31},
                               {7, 33}, {5, 100}, {3, 128}, {2, 129}, {3, 257}, {1, 1000}, {0, 3}};

template <class T>
class CudaSoftmax : public ::testing::Test {};
TYPED_TEST_SUITE(CudaSoftmax, testing::ElementTypes);

TYPED_TEST(CudaSoftmax, ValueLogarithmAndDerivativeAreThoseOfTheCpu) {
    using T = TypeParam;
    Queue host, device(Backend::cuda);
    for (const auto& [rows, channels] : cases)
        for (const auto shift : shifts) {
            const auto x = ragged_numbers<T>(rows * channels), g = ragged_numbers<T>(rows * channels, 1);
            std::vector<T> y(x.size()), logarithm(x.size()), derivative(x.size());
            cpu::softmax(host, rows, channels, x.data(), y.data());
            cpu::log_softmax(host, rows, channels, x.data(), logarithm.data());
            cpu::softmax_derivative(host, rows, channels, y.data(), g.data(), derivative.data());

            const ShiftedArray<T> dx(device, x, shift), dg(device, g, 0), dy(device, y, shift);
            const ShiftedArray<T> value(device, x.size(), 0), log(device, x.size(), shift), slope(device, x.size(), 0);
            cuda::softmax<T>(device, rows, channels, dx.data(), value.data());
            cuda::log_softmax<T>(device, rows, channels, dx.data(), log.data());
            cuda::softmax_derivative<T>(device, rows, channels, dy.data(), dg.data(), slope.data());
            expect_near(value.values(), y, testing::rounding<T>());
            expect_near(log.values(), logarithm, 2 * testing::rounding<T>());
            expect_near(slope.values(), derivative, 2 * testing::rounding<T>());
        }
}

TYPED_TEST(CudaSoftmax, IsSafeForLargeValues) {
    using T = TypeParam;
    Queue device(Backend::cuda);
    for (const std::int64_t channels : {3, 40, 200}) {
        std::vector<T> x(static_cast<std::size_t>(channels), T(-3e4F));
        x.back() = T(3e4F);
        const ShiftedArray<T> dx(device, x, 0), value(device, x.size(), 0);
        cuda::softmax<T>(device, 1, channels, dx.data(), value.data());
        const auto found = value.values();
        EXPECT_EQ(static_cast<double>(found.back()), 1.0);
        EXPECT_EQ(static_cast<double>(found.front()), 0.0);
    }
}

TYPED_TEST(CudaSoftmax, ARowIsNotTouchedByTheOneBehindIt) {
    using T = TypeParam;
    Queue device(Backend::cuda);
    for (const std::int64_t channels : {1, 3, 5, 40, 100, 200}) {
        std::vector<T> x(static_cast<std::size_t>(2 * channels), T(-3e4F));
        std::fill(x.begin() + channels, x.end(), T(3e4F));
        const ShiftedArray<T> dx(device, x, 0), value(device, x.size(), 0);
        cuda::softmax<T>(device, 2, channels, dx.data(), value.data());
        const auto share = accumulator_t<T>{1} / static_cast<accumulator_t<T>>(channels);
        expect_near(value.values(), std::vector<T>(x.size(), static_cast<T>(share)), testing::rounding<T>());
    }
}

}  // namespace
}  // namespace protolith::kernels
