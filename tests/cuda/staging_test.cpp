// Buffers that the host writes while the device reads the other.
#include "memory/staging.hpp"

#include "arrays_on_device.hpp"

#include <algorithm>
#include <memory>

#include <gtest/gtest.h>

namespace protolith::kernels::testing {
namespace {

TEST(Staging, NothingIsOverwrittenThatTheDeviceHasNotRead) {
    Queue queue(Backend::cuda);
    constexpr std::int64_t count = 1001;
    Staging staging(queue, count * sizeof(float));
    std::vector<std::unique_ptr<DeviceArray<float>>> arrays;
    for (int round = 0; round < 7; ++round) {
        std::fill_n(static_cast<float*>(staging.open()), count, static_cast<float>(round));
        arrays.push_back(std::make_unique<DeviceArray<float>>(queue, count));
        staging.send_to(arrays.back()->data());
    }
    for (std::size_t round = 0; round < arrays.size(); ++round)
        EXPECT_EQ(arrays[round]->values(), std::vector<float>(count, static_cast<float>(round))) << round;
}

TEST(Staging, MayEndWhileACopyIsUnderWay) {
    Queue queue(Backend::cuda);
    DeviceArray<float> array(queue, 3);
    {
        Staging staging(queue, 3 * sizeof(float));
        std::fill_n(static_cast<float*>(staging.open()), 3, 5.0F);
        staging.send_to(array.data());
    }
    EXPECT_EQ(array.values(), (std::vector<float>{5, 5, 5}));
}

TEST(Staging, OfNoBytesIsNoError) {
    Queue queue(Backend::cuda);
    const Staging staging(queue, 0);
}

}  // namespace
}  // namespace protolith::kernels::testing
