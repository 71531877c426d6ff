// Slices, padding, concatenation, reshaping.
#include "autograd/slice.hpp"

#include "autograd/concat.hpp"
#include "autograd/pad.hpp"
#include "autograd/reshape.hpp"
#include "base/error.hpp"
#include "linear_maps.hpp"

namespace protolith::autograd {
namespace {

using testing::counted;
using testing::expect_linear_map;

TEST(Slice, IsALinearMapAlongEveryAxis) {
    const Shape shape{3, 4, 5, 2, 6};
    for (const int axis : {0, 1, 2, 3, 4, -1, -5}) {
        expect_linear_map([axis](const Var& x) { return slice(x, axis, 1, 2); }, shape);
        expect_linear_map([axis](const Var& x) { return slice(x, axis, 0, x.shape()[axis]); }, shape);
    }
    expect_linear_map([](const Var& x) { return slice(x, 0, 4, 7); }, {9});
}

TEST(Slice, TakesWhatItNames) {
    Queue queue;
    const Var x = counted(queue, {2, 3, 2});
    EXPECT_EQ(slice(x, 1, 1, 3).value().to_doubles(), (std::vector<double>{3, 4, 5, 6, 9, 10, 11, 12}));
    EXPECT_EQ(slice(x, -1, 1, 2).value().to_doubles(), (std::vector<double>{2, 4, 6, 8, 10, 12}));
    EXPECT_EQ(slice(x, 0, 1, 2).value().identity(), x.value().identity());
    EXPECT_THROW((void)slice(x, 3, 0, 1), Error);
    EXPECT_THROW((void)slice(x, 1, 2, 4), Error);
}

TEST(Pad, IsALinearMapAndCropItsAdjoint) {
    expect_linear_map([](const Var& x) { return zero_pad(x, 2); }, {2, 3, 1, 4});
    expect_linear_map([](const Var& x) { return zero_pad(x, 1); }, {1, 2, 3, 2, 5});
    const std::vector<Margin> uneven{{0, 3}, {2, 0}};
    expect_linear_map([&](const Var& x) { return zero_pad(x, uneven); }, {2, 1, 5, 3});
    expect_linear_map([&](const Var& x) { return crop(x, uneven); }, {2, 4, 5, 3});
    expect_linear_map([](const Var& x) { return crop(zero_pad(x, 3), 3); }, {1, 1, 1, 1});
}

TEST(Pad, ReflectingIsALinearMap) {
    for (const std::int64_t channels : {1, 3, 16}) {
        expect_linear_map([](const Var& x) { return reflect_pad(x, 1); }, {2, 2, 5, channels});
        expect_linear_map([](const Var& x) { return reflect_pad(x, 3); }, {1, 4, 6, channels});
        expect_linear_map([](const Var& x) { return reflect_pad(x, 1); }, {1, 2, 3, 4, channels});
    }
    Queue queue;
    EXPECT_EQ(reflect_pad(counted(queue, {1, 2, 3, 1}), 1).value().to_doubles(),
              (std::vector<double>{5, 4, 5, 6, 5, 2, 1, 2, 3, 2, 5, 4, 5, 6, 5, 2, 1, 2, 3, 2}));
    EXPECT_THROW((void)reflect_pad(counted(queue, {1, 2, 3, 1}), 2), Error);
    EXPECT_THROW((void)zero_pad(counted(queue, {6}), 2), Error);
}

TEST(Concat, IsLinearInEveryPart) {
    for (const int axis : {0, 1, 2, -1}) {
        const Shape other = Shape{2, 3, 4, 5}.with(axis, 1);
        Queue queue;
        const Var fixed(testing::random_tensor(queue, other, 7)), zero(Tensor::zeros(queue, other, DataType::float64));
        expect_linear_map([axis](const Var& x) { return concat({x, x}, axis); }, {2, 3, 4, 5});
        expect_linear_map([&](const Var& x) { return concat({Var(zero.value()), x}, axis); }, {2, 3, 4, 5});
    }
}

TEST(Concat, PutsPartsOneAfterTheOtherAndSplitTakesThemApart) {
    Queue queue;
    const Var a = counted(queue, {2, 1, 2}), b = testing::values(queue, {2, 1, 1}, {10, 20});
    const Var whole = concat({a, b}, -1);
    EXPECT_EQ(whole.value().to_doubles(), (std::vector<double>{1, 2, 10, 3, 4, 20}));
    const auto parts = split(whole, -1, std::vector<std::int64_t>{2, 1});
    EXPECT_EQ(parts[0].value().to_doubles(), a.value().to_doubles());
    EXPECT_EQ(parts[1].value().to_doubles(), b.value().to_doubles());
    EXPECT_EQ(concat({a, a}, 0).shape(), (Shape{4, 1, 2}));
    EXPECT_THROW((void)concat({a, b}, 0), Error);
    EXPECT_THROW((void)split(whole, -1, std::vector<std::int64_t>{2}), Error);
    const Var single(Tensor::zeros(queue, {2, 1, 1}, DataType::float32));
    EXPECT_THROW((void)concat({a, single}, -1), Error);
}

TEST(Concat, InBfloat16KeepsTheBits) {
    Queue queue;
    const std::vector<float> numbers{1, -2.5F, 3};
    const Var x(Tensor::from(queue, {3, 1}, DataType::bfloat16, numbers), true);
    const Var y = concat({x, x}, 1);
    EXPECT_EQ(y.value().to_floats(), (std::vector<float>{1, 1, -2.5F, -2.5F, 3, 3}));
}

TEST(Reshape, IsALinearMapThatSharesElements) {
    expect_linear_map([](const Var& x) { return reshape(x, {6, 4}); }, {2, 3, 4});
    Queue queue;
    const Var x = counted(queue, {2, 3});
    EXPECT_EQ(reshape(x, {6}).value().identity(), x.value().identity());
    EXPECT_THROW((void)reshape(x, {5}), Error);
}

}  // namespace
}  // namespace protolith::autograd
