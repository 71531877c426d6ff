#include "resize/separable.hpp"

#include "shifted_array.hpp"

namespace protolith::kernels {
namespace {

using testing::expect_near;
using testing::ragged_numbers;
using testing::ShiftedArray;
using testing::shifts;

AxisMap keep(std::int64_t n) { return {AxisRule::nearest, n, n}; }
AxisMap nearest(std::int64_t in, std::int64_t out) { return {AxisRule::nearest, in, out}; }
AxisMap linear(std::int64_t in, std::int64_t out) { return {AxisRule::linear, in, out}; }
AxisMap average(std::int64_t in, std::int64_t window, std::int64_t stride, std::int64_t pad) {
    return {AxisRule::average, in, (in + 2 * pad - window) / stride + 1, window, stride, pad};
}
AxisMap reflect(std::int64_t in, std::int64_t pad) { return {AxisRule::reflect, in, in + 2 * pad, 1, 1, pad}; }

std::vector<SeparableMap> maps() {
    std::vector<SeparableMap> made;
    for (const std::int64_t channels : {1, 3, 33, 64}) {
        made.push_back({2, {keep(1), nearest(3, 6), nearest(5, 10)}, channels});
        made.push_back({1, {keep(1), linear(4, 8), linear(3, 7)}, channels});
        made.push_back({1, {linear(2, 3), linear(3, 2), linear(4, 9)}, channels});
        made.push_back({2, {keep(1), average(6, 2, 2, 0), average(7, 3, 2, 1)}, channels});
        made.push_back({1, {keep(1), average(5, 5, 5, 0), average(4, 4, 4, 0)}, channels});  // one place
        made.push_back({1, {keep(1), average(7, 2, 3, 0), keep(2)}, channels});              // gaps: empty sums back
        made.push_back({1, {keep(1), reflect(4, 2), reflect(5, 3)}, channels});
        made.push_back({1, {keep(1), keep(1), nearest(1, 1)}, channels});
    }
    return made;
}

std::int64_t places(const SeparableMap& m, std::int64_t AxisMap::*side) {
    return m.images * m.axes[0].*side * m.axes[1].*side * m.axes[2].*side * m.channels;
}

template <class T>
class CudaSeparable : public ::testing::Test {};
TYPED_TEST_SUITE(CudaSeparable, testing::ElementTypes);

TYPED_TEST(CudaSeparable, MapsAndTheirAdjointsAreThoseOfTheCpu) {
    Queue host, device(Backend::cuda);
    for (const auto& m : maps())
        for (const bool transposed : {false, true})
            for (const auto shift : shifts) {
                const auto x = ragged_numbers<TypeParam>(places(m, transposed ? &AxisMap::out : &AxisMap::in));
                std::vector<TypeParam> expected(
                    static_cast<std::size_t>(places(m, transposed ? &AxisMap::in : &AxisMap::out)));
                cpu::separable_map(host, m, transposed, x.data(), expected.data());
                const ShiftedArray<TypeParam> from(device, x, shift), to(device, expected.size(), 0);
                cuda::separable_map(device, m, transposed, static_cast<const TypeParam*>(from.data()), to.data());
                expect_near(to.values(), expected, 4 * testing::rounding<TypeParam>());  // of terms up to 10
            }
}

TEST(CudaSeparableTables, AreBroughtToTheDeviceOnce) {
    Queue device(Backend::cuda);
    const SeparableMap m{1, {keep(1), linear(4, 8), linear(4, 8)}, 4};
    const ShiftedArray<float> x(device, ragged_numbers<float>(64), 0), y(device, 256, 0);
    cuda::separable_map(device, m, false, static_cast<const float*>(x.data()), y.data());
    const std::size_t live = device.pool()->use().live;
    cuda::separable_map(device, m, false, static_cast<const float*>(x.data()), y.data());
    EXPECT_EQ(device.pool()->use().live, live);
}

}  // namespace
}  // namespace protolith::kernels
