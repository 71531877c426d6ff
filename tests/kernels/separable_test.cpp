#include "resize/separable.hpp"

#include "arrays.hpp"

#include <cmath>
#include <limits>

namespace protolith::kernels {
namespace {

using testing::dot;
using testing::doubles;
using testing::whole_numbers;

AxisMap keep(std::int64_t n) { return {AxisRule::nearest, n, n}; }
AxisMap nearest(std::int64_t in, std::int64_t out) { return {AxisRule::nearest, in, out}; }
AxisMap linear(std::int64_t in, std::int64_t out) { return {AxisRule::linear, in, out}; }
AxisMap average(std::int64_t in, std::int64_t window, std::int64_t stride, std::int64_t pad) {
    return {AxisRule::average, in, (in + 2 * pad - window) / stride + 1, window, stride, pad};
}
AxisMap reflect(std::int64_t in, std::int64_t pad) { return {AxisRule::reflect, in, in + 2 * pad, 1, 1, pad}; }

std::int64_t inputs(const SeparableMap& m) {
    return m.images * m.axes[0].in * m.axes[1].in * m.axes[2].in * m.channels;
}
std::int64_t outputs(const SeparableMap& m) {
    return m.images * m.axes[0].out * m.axes[1].out * m.axes[2].out * m.channels;
}

/// One dimension, one channel, in double.
std::vector<double> mapped(const AxisMap& axis, const std::vector<double>& x) {
    Queue queue;
    std::vector<double> y(static_cast<std::size_t>(axis.out));
    cpu::separable_map(queue, {1, {keep(1), keep(1), axis}, 1}, false, x.data(), y.data());
    return y;
}

TEST(AxisMap, NearestRepeatsAndDrops) {
    EXPECT_EQ(mapped(nearest(3, 6), {1, 2, 3}), (std::vector<double>{1, 1, 2, 2, 3, 3}));
    EXPECT_EQ(mapped(nearest(6, 3), {1, 2, 3, 4, 5, 6}), (std::vector<double>{1, 3, 5}));
    EXPECT_EQ(mapped(nearest(3, 5), {1, 2, 3}), (std::vector<double>{1, 1, 2, 2, 3}));
}

TEST(AxisMap, LinearHasHalfPixelCentres) {
    EXPECT_EQ(mapped(linear(2, 4), {0, 4}), (std::vector<double>{0, 1, 3, 4}));
    EXPECT_EQ(mapped(linear(4, 2), {0, 2, 4, 8}), (std::vector<double>{1, 6}));
    EXPECT_EQ(mapped(linear(1, 3), {5}), (std::vector<double>{5, 5, 5}));
    const auto thirds = mapped(linear(2, 3), {0, 6});  // centres at −1/6, 1/2, 7/6
    EXPECT_NEAR(thirds[0], 0, 1e-15);
    EXPECT_NEAR(thirds[1], 3, 1e-15);
    EXPECT_NEAR(thirds[2], 6, 1e-15);
}

TEST(AxisMap, AverageCountsPaddingAsZeros) {
    EXPECT_EQ(mapped(average(6, 2, 2, 0), {1, 3, 5, 7, 9, 11}), (std::vector<double>{2, 6, 10}));
    EXPECT_EQ(mapped(average(5, 2, 2, 0), {1, 3, 5, 7, 9}), (std::vector<double>{2, 6}));
    const auto padded = mapped(average(3, 3, 1, 1), {3, 6, 9});
    EXPECT_NEAR(padded[0], 3, 1e-15);
    EXPECT_NEAR(padded[1], 6, 1e-15);
    EXPECT_NEAR(padded[2], 5, 1e-15);
}

TEST(AxisMap, ReflectDoesNotRepeatTheEdge) {
    EXPECT_EQ(mapped(reflect(4, 3), {1, 2, 3, 4}), (std::vector<double>{4, 3, 2, 1, 2, 3, 4, 3, 2, 1}));
}

std::vector<SeparableMap> maps() {
    std::vector<SeparableMap> made;
    for (const std::int64_t channels : {1, 3, 4, 8, 19, 130}) {
        made.push_back({2, {keep(1), nearest(3, 6), nearest(5, 10)}, channels});
        made.push_back({1, {keep(1), linear(4, 8), linear(3, 6)}, channels});
        made.push_back({3, {keep(1), linear(5, 7), linear(7, 4)}, channels});
        made.push_back({1, {linear(2, 4), linear(3, 6), linear(2, 5)}, channels});
        made.push_back({2, {average(4, 2, 2, 0), average(5, 2, 2, 0), average(6, 3, 3, 0)}, channels});
        made.push_back({1, {keep(1), average(5, 3, 2, 1), average(4, 3, 1, 1)}, channels});
        made.push_back({2, {keep(1), reflect(4, 3), reflect(5, 3)}, channels});
        made.push_back({1, {nearest(1, 2), nearest(1, 1), nearest(1, 3)}, channels});
        made.push_back({1, {keep(1), average(7, 1, 3, 0), keep(1)}, channels});  // places without any window
    }
    return made;
}

template <class T>
class Separable : public ::testing::Test {};
TYPED_TEST_SUITE(Separable, testing::ElementTypes);

TYPED_TEST(Separable, IsTheProductOfItsAxes) {
    for (const auto& map : maps()) {
        const auto x = whole_numbers<TypeParam>(inputs(map));
        std::vector<TypeParam> y(static_cast<std::size_t>(outputs(map)));
        Queue queue(Backend::cpu, 2);
        cpu::separable_map(queue, map, false, x.data(), y.data());
        // one axis after the other, in double
        auto now = doubles(x);
        std::int64_t before = map.images, after = map.axes[1].in * map.axes[2].in * map.channels;
        for (int a = 0; a < 3; ++a) {
            const AxisTable table = make_table(map.axes[a], false);
            std::vector<double> next(static_cast<std::size_t>(before * table.out * after), 0.0);
            for (std::int64_t b = 0; b < before; ++b)
                for (std::int64_t o = 0; o < table.out; ++o)
                    for (std::int32_t t = table.start[o]; t < table.start[o + 1]; ++t)
                        for (std::int64_t i = 0; i < after; ++i)
                            next[(b * table.out + o) * after + i] +=
                                table.weight[t] * now[(b * table.in + table.index[t]) * after + i];
            now = next;
            before *= table.out;
            if (a < 2) after /= map.axes[a + 1].in;
        }
        for (std::size_t i = 0; i < now.size(); ++i)
            ASSERT_NEAR(double(y[i]), now[i], 16 * testing::rounding<TypeParam>()) << i << " of " << map.channels;
    }
}

TYPED_TEST(Separable, TransposedIsTheAdjoint) {
    for (const auto& map : maps()) {
        const auto x = whole_numbers<TypeParam>(inputs(map), 1), v = whole_numbers<TypeParam>(outputs(map), 2);
        std::vector<TypeParam> y(v.size()), u(x.size());
        Queue queue(Backend::cpu, 2);
        cpu::separable_map(queue, map, false, x.data(), y.data());
        cpu::separable_map(queue, map, true, v.data(), u.data());
        double scale = 0;
        for (std::size_t i = 0; i < v.size(); ++i) scale += std::abs(double(v[i]) * double(y[i]));
        EXPECT_NEAR(dot(y, v), dot(x, u), (scale + 1) * testing::rounding<TypeParam>());
    }
}

TYPED_TEST(Separable, LeavesAnInfinityWhereItIs) {
    const SeparableMap map{1, {keep(1), nearest(2, 4), nearest(2, 4)}, 1};
    const std::vector<TypeParam> x{TypeParam(1), TypeParam(std::numeric_limits<float>::infinity()), TypeParam(2),
                                   TypeParam(3)};
    std::vector<TypeParam> y(16);
    Queue queue;
    cpu::separable_map(queue, map, false, x.data(), y.data());
    EXPECT_EQ(double(y[1]), 1);
    EXPECT_TRUE(std::isinf(double(y[2])));
    EXPECT_EQ(double(y[8]), 2);
}

}  // namespace
}  // namespace protolith::kernels
