// Memory of the CUDA backend: what goes in comes out.
#include "arrays_on_device.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace protolith::kernels {
namespace {

std::vector<float> counted(std::int64_t count) {
    std::vector<float> values(static_cast<std::size_t>(count));
    std::iota(values.begin(), values.end(), 1.0F);
    return values;
}

TEST(DeviceMemory, GivesBackWhatWasCopiedIn) {
    Queue queue(Backend::cuda);
    for (const std::int64_t count : {1, 31, 1025}) {
        const auto values = counted(count);
        const testing::DeviceArray<float> array(queue, values);
        EXPECT_EQ(array.values(), values);
    }
}

TEST(DeviceMemory, CopiesAndZeroesInTheOrderOfTheQueue) {
    Queue queue(Backend::cuda);
    const auto values = counted(777);
    const testing::DeviceArray<float> from(queue, values), to(queue, 777);
    cuda::copy(queue, to.data(), from.data(), 777 * sizeof(float));
    cuda::fill_zero(queue, from.data(), 776 * sizeof(float));
    EXPECT_EQ(to.values(), values);
    std::vector<float> zeroed(777, 0.0F);
    zeroed.back() = 777.0F;
    EXPECT_EQ(from.values(), zeroed);
}

TEST(DeviceMemory, IsServedByTheQueuesPool) {
    Queue queue(Backend::cuda);
    { const Scratch scratch(queue, 1000); }
    const auto held = queue.pool()->use().held;
    EXPECT_GE(held, 1000U);
    { const Scratch scratch(queue, 1000); }
    EXPECT_EQ(queue.pool()->use().held, held);
}

}  // namespace
}  // namespace protolith::kernels
