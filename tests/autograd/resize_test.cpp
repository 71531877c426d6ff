// Resizing, space to depth, average pooling.
#include "autograd/resize.hpp"

#include "autograd/pool.hpp"
#include "autograd/space_to_depth.hpp"
#include "base/error.hpp"
#include "linear_maps.hpp"

namespace protolith::autograd {
namespace {

using testing::counted;
using testing::expect_linear_map;
using testing::values;

void expect_near(const Var& value, const std::vector<double>& expected) {
    const auto found = value.value().to_doubles();
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 4e-15) << i;
}

TEST(Resize, IsALinearMap) {
    for (const auto rule : {Interpolation::nearest, Interpolation::linear})
        for (const std::int64_t channels : {1, 4, 9}) {
            expect_linear_map([rule](const Var& x) { return upsample(x, 2, rule); }, {2, 3, 5, channels});
            expect_linear_map([rule](const Var& x) { return upsample(x, 3, rule); }, {1, 1, 2, channels});
            expect_linear_map([rule](const Var& x) { return upsample(x, 2, rule); }, {1, 2, 1, 3, channels});
            expect_linear_map(
                [rule](const Var& x) {
                    return resize(x, std::vector<std::int64_t>{4, 7}, rule);
                },
                {1, 6, 3, channels});
            expect_linear_map(
                [rule](const Var& x) {
                    return resize(x, std::vector<std::int64_t>{3, 1, 2}, rule);
                },
                {1, 2, 5, 4, channels});
        }
}

// torch.nn.functional.interpolate(x, size, mode="bilinear", align_corners=False) of 1 … 6 as 2×3
TEST(Resize, BilinearEqualsPyTorch) {
    Queue queue;
    const Var x = counted(queue, {1, 2, 3, 1});
    expect_near(upsample(x, 2, Interpolation::linear),
                {1.0,  1.25, 1.75, 2.25, 2.75, 3.0,  1.75, 2.0,  2.5,  3.0,  3.5,  3.75,
                 3.25, 3.5,  4.0,  4.5,  5.0,  5.25, 4.0,  4.25, 4.75, 5.25, 5.75, 6.0});
}

// torch.nn.functional.interpolate of 1 … 6 as 2×3 to 3×5, and of 1 … 8 as 2×2×2 to 3×2×4
TEST(Resize, ToAnySizeEqualsPyTorch) {
    Queue queue;
    const Var x = counted(queue, {1, 2, 3, 1});
    const std::vector<std::int64_t> size{3, 5}, volume{3, 2, 4};
    expect_near(resize(x, size, Interpolation::linear),
                {1.0, 1.4, 2.0, 2.6, 3.0, 2.5, 2.9, 3.5, 4.1, 4.5, 4.0, 4.4, 5.0, 5.6, 6.0});
    expect_near(resize(x, size, Interpolation::nearest), {1, 1, 2, 2, 3, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6});
    expect_near(resize(counted(queue, {1, 2, 2, 2, 1}), volume, Interpolation::linear),
                {1.0, 1.25, 1.75, 2.0, 3.0, 3.25, 3.75, 4.0, 3.0, 3.25, 3.75, 4.0,
                 5.0, 5.25, 5.75, 6.0, 5.0, 5.25, 5.75, 6.0, 7.0, 7.25, 7.75, 8.0});
}

TEST(Pooling, WithPaddingEqualsPyTorch) {
    Queue queue;
    const Var x = counted(queue, {1, 2, 3, 1});
    expect_near(average_pool(x, {2, 1, 1}), {0.25, 0.75, 1.25, 0.75, 1.25, 3.0, 4.0, 2.25, 1.0, 2.25, 2.75, 1.5});
    expect_near(max_pool(x, {2, 1, 1}), {1, 2, 3, 3, 4, 5, 6, 6, 4, 5, 6, 6});
}

TEST(DepthToSpace, ChannelMajorIsPixelShuffle) {
    Queue queue;
    expect_near(depth_to_space(counted(queue, {1, 1, 1, 8}), 2, BlockOrder::channel_major), {1, 5, 2, 6, 3, 7, 4, 8});
    expect_near(depth_to_space(counted(queue, {1, 1, 1, 8}), 2, BlockOrder::pixel_major), {1, 2, 3, 4, 5, 6, 7, 8});
}

TEST(Resize, NearestRepeatsPixelsWithAllTheirChannels) {
    Queue queue;
    const Var x = values(queue, {1, 1, 2, 2}, {1, 10, 2, 20});
    EXPECT_EQ(upsample(x, 2, Interpolation::nearest).value().to_doubles(),
              (std::vector<double>{1, 10, 1, 10, 2, 20, 2, 20, 1, 10, 1, 10, 2, 20, 2, 20}));
    EXPECT_THROW((void)resize(x, std::vector<std::int64_t>{2}, Interpolation::nearest), Error);
    EXPECT_THROW((void)resize(x, std::vector<std::int64_t>{2, 0}, Interpolation::nearest), Error);
}

TEST(Resize, OfAConstantIsConstant) {
    Queue queue;
    const Var x(Tensor::full(queue, {1, 5, 3, 2}, DataType::float64, 2.5));
    for (const double v : resize(x, std::vector<std::int64_t>{7, 8}, Interpolation::linear).value().to_doubles())
        EXPECT_NEAR(v, 2.5, 1e-15);
}

TEST(AveragePool, IsALinearMap) {
    for (const std::int64_t channels : {1, 4, 9}) {
        expect_linear_map([](const Var& x) { return average_pool(x); }, {2, 4, 6, channels});
        expect_linear_map([](const Var& x) { return average_pool(x); }, {1, 4, 2, 5, channels});
        expect_linear_map([](const Var& x) { return average_pool(x, {3, 2, 1}); }, {1, 5, 7, channels});
        expect_linear_map([](const Var& x) { return average_pool(x, {1, 3, 0}); }, {1, 5, 7, channels});
    }
    Queue queue;
    EXPECT_EQ(average_pool(counted(queue, {1, 2, 4, 1})).value().to_doubles(), (std::vector<double>{3.5, 5.5}));
    EXPECT_THROW((void)average_pool(counted(queue, {1, 1, 4, 1})), Error);
    EXPECT_THROW((void)average_pool(counted(queue, {1, 4, 4, 1}), {2, 2, 2}), Error);
}

TEST(SpaceToDepth, IsALinearMapInBothOrders) {
    for (const auto order : {BlockOrder::pixel_major, BlockOrder::channel_major})
        for (const std::int64_t channels : {1, 3, 8}) {
            expect_linear_map([order](const Var& x) { return space_to_depth(x, 2, order); }, {2, 4, 6, channels});
            expect_linear_map([order](const Var& x) { return space_to_depth(x, 3, order); }, {1, 3, 6, channels});
            expect_linear_map([order](const Var& x) { return space_to_depth(x, 2, order); }, {1, 2, 4, 2, channels});
            expect_linear_map([order](const Var& x) { return depth_to_space(x, 2, order); }, {1, 3, 1, 4 * channels});
            expect_linear_map([order](const Var& x) { return depth_to_space(x, 2, order); },
                              {1, 1, 2, 3, 8 * channels});
        }
    Queue queue;
    EXPECT_THROW((void)space_to_depth(counted(queue, {1, 3, 4, 1}), 2, BlockOrder::pixel_major), Error);
    EXPECT_THROW((void)depth_to_space(counted(queue, {1, 1, 1, 6}), 2, BlockOrder::pixel_major), Error);
}

}  // namespace
}  // namespace protolith::autograd
