#include "space_to_depth/space_to_depth.hpp"

#include "shifted_array.hpp"

namespace protolith::kernels {
namespace {

using testing::doubles;
using testing::ShiftedArray;
using testing::shifts;
using testing::whole_numbers;

std::vector<BlockGeometry> geometries() {
    std::vector<BlockGeometry> made;
    for (const BlockOrder order : {BlockOrder::pixel_major, BlockOrder::channel_major})
        for (const std::int64_t channels : {1, 3, 4, 33, 64}) {
            made.push_back({2, {1, 4, 6}, {1, 2, 2}, channels, order});
            made.push_back({1, {2, 4, 6}, {2, 2, 2}, channels, order});
            made.push_back({1, {1, 6, 9}, {1, 2, 3}, channels, order});
            made.push_back({3, {1, 1, 2}, {1, 1, 2}, channels, order});  // one row
            made.push_back({1, {3, 3, 3}, {3, 3, 3}, channels, order});  // one block
            made.push_back({1, {1, 5, 7}, {1, 1, 1}, channels, order});
        }
    return made;
}

template <class T>
class CudaSpaceToDepth : public ::testing::Test {};
TYPED_TEST_SUITE(CudaSpaceToDepth, testing::ElementTypes);

TYPED_TEST(CudaSpaceToDepth, MovesEveryElementAsTheCpuDoesAndBack) {
    Queue host, device(Backend::cuda);
    for (const auto& g : geometries())
        for (const auto shift : shifts) {
            const auto x = whole_numbers<TypeParam>(g.images * g.size[0] * g.size[1] * g.size[2] * g.channels);
            std::vector<TypeParam> expected(x.size());
            cpu::space_to_depth(host, g, sizeof(TypeParam), x.data(), expected.data());
            const ShiftedArray<TypeParam> from(device, x, 0), deep(device, x.size(), shift), back(device, x.size(), 0);
            cuda::space_to_depth(device, g, sizeof(TypeParam), from.data(), deep.data());
            cuda::depth_to_space(device, g, sizeof(TypeParam), deep.data(), back.data());
            ASSERT_EQ(doubles(deep.values()), doubles(expected)) << g.channels;
            ASSERT_EQ(doubles(back.values()), doubles(x)) << g.channels;
        }
}

}  // namespace
}  // namespace protolith::kernels
