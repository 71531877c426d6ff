#include "space_to_depth/space_to_depth.hpp"

#include "arrays.hpp"

namespace protolith::kernels {
namespace {

using testing::doubles;
using testing::whole_numbers;

const std::vector<BlockGeometry> geometries{
    {1, {1, 2, 2}, {1, 2, 2}, 1, BlockOrder::pixel_major},    {2, {1, 4, 6}, {1, 2, 2}, 3, BlockOrder::pixel_major},
    {1, {1, 6, 3}, {1, 3, 3}, 5, BlockOrder::pixel_major},    {2, {4, 2, 6}, {2, 2, 2}, 16, BlockOrder::pixel_major},
    {1, {1, 2, 2}, {1, 2, 2}, 1, BlockOrder::channel_major},  {2, {1, 4, 6}, {1, 2, 2}, 3, BlockOrder::channel_major},
    {1, {1, 4, 4}, {1, 2, 2}, 37, BlockOrder::channel_major}, {1, {1, 6, 3}, {1, 3, 3}, 5, BlockOrder::channel_major},
    {2, {4, 2, 6}, {2, 2, 2}, 5, BlockOrder::channel_major},
};

/// Place on the deep side of pixel (d, h, w), channel c of image n.
std::int64_t deep_place(const BlockGeometry& g, std::int64_t n, std::int64_t d, std::int64_t h, std::int64_t w,
                        std::int64_t c) {
    const std::int64_t* b = g.block;
    const std::int64_t k = ((d % b[0]) * b[1] + h % b[1]) * b[2] + w % b[2], pixels = b[0] * b[1] * b[2];
    const std::int64_t channel = g.order == BlockOrder::pixel_major ? k * g.channels + c : c * pixels + k;
    const std::int64_t pixel =
        ((n * (g.size[0] / b[0]) + d / b[0]) * (g.size[1] / b[1]) + h / b[1]) * (g.size[2] / b[2]) + w / b[2];
    return pixel * pixels * g.channels + channel;
}

template <class T>
class SpaceToDepth : public ::testing::Test {};
TYPED_TEST_SUITE(SpaceToDepth, testing::ElementTypes);

TYPED_TEST(SpaceToDepth, PutsEveryPixelInItsPlaceAndBack) {
    for (const auto& g : geometries) {
        const std::int64_t count = g.images * g.size[0] * g.size[1] * g.size[2] * g.channels;
        const auto x = whole_numbers<TypeParam>(count);
        std::vector<double> expected(x.size());
        std::size_t i = 0;
        for (std::int64_t n = 0; n < g.images; ++n)
            for (std::int64_t d = 0; d < g.size[0]; ++d)
                for (std::int64_t h = 0; h < g.size[1]; ++h)
                    for (std::int64_t w = 0; w < g.size[2]; ++w)
                        for (std::int64_t c = 0; c < g.channels; ++c)
                            expected[deep_place(g, n, d, h, w, c)] = double(x[i++]);
        std::vector<TypeParam> y(x.size()), back(x.size());
        Queue queue(Backend::cpu, 2);
        cpu::space_to_depth(queue, g, sizeof(TypeParam), x.data(), y.data());
        cpu::depth_to_space(queue, g, sizeof(TypeParam), y.data(), back.data());
        EXPECT_EQ(doubles(y), expected);
        EXPECT_EQ(doubles(back), doubles(x));
    }
}

TEST(SpaceToDepthOrder, IsTensorFlowsOrPyTorchs) {
    const std::vector<float> x{1, 10, 2, 20, 3, 30, 4, 40};  // 2×2 pixels of two channels
    std::vector<float> y(8);
    Queue queue;
    cpu::space_to_depth(queue, {1, {1, 2, 2}, {1, 2, 2}, 2, BlockOrder::pixel_major}, 4, x.data(), y.data());
    EXPECT_EQ(y, (std::vector<float>{1, 10, 2, 20, 3, 30, 4, 40}));
    cpu::space_to_depth(queue, {1, {1, 2, 2}, {1, 2, 2}, 2, BlockOrder::channel_major}, 4, x.data(), y.data());
    EXPECT_EQ(y, (std::vector<float>{1, 2, 3, 4, 10, 20, 30, 40}));
}

}  // namespace
}  // namespace protolith::kernels
