// The shim itself: kernels that are right run right in every order, and each way of being wrong is told with its place.
#include "arrays_on_device.hpp"
#include "launch/reduce.cuh"
#include "standin/runtime/runtime.hpp"

#include <functional>
#include <numeric>

#include <gtest/gtest.h>

namespace protolith::kernels::cuda {
namespace {

constexpr simt::Order orders[] = {simt::Order::forward, simt::Order::backward, simt::Order::random};

/// What simt says of one block of `threads` of a kernel that writes whole numbers; empty when it says nothing.
template <class... Parameters>
std::string complaint(void (*kernel)(int*, Parameters...), int threads, Parameters... parameters) {
    Queue queue(Backend::cuda);
    const testing::DeviceArray<int> out(queue, 1024);
    try {
        launch(kernel, 1U, dim3(static_cast<unsigned>(threads)), 1024, stream_of(queue), out.data(), parameters...);
        queue.synchronise();
    } catch (const std::exception& e) {
        return e.what();
    }
    return {};
}

template <class T>
__global__ void sum_all(const T* x, T* y, std::int64_t count) {
    T sum = 0;
    for (std::int64_t i = first_item(); i < count; i += item_stride()) sum += x[i];
    sum = block_sum(sum);
    if (threadIdx.x == 0) y[blockIdx.x] = sum;
}

TEST(Simt, SumsOverBlocksAreRightInEveryOrder) {
    for (const auto order : orders) {
        simt::set_order(order);
        Queue queue(Backend::cuda);
        std::vector<double> x(1000);
        std::iota(x.begin(), x.end(), 1.0);
        const testing::DeviceArray<double> from(queue, x), to(queue, 3);
        launch(sum_all<double>, 3U, block_threads, 0, stream_of(queue), from.data(), to.data(), 1000);
        const auto sums = to.values();
        EXPECT_EQ(sums[0] + sums[1] + sums[2], 500500.0);
    }
    simt::set_order(simt::Order::forward);
}

__global__ void lanes(int* out) {
    const int lane = static_cast<int>(threadIdx.x % 32);
    int* const mine = out + threadIdx.x * 8;
    mine[0] = __shfl_sync(full_warp, lane, 5);
    mine[1] = __shfl_xor_sync(full_warp, lane, 3);
    mine[2] = __shfl_down_sync(full_warp, lane, 4);
    mine[3] = __shfl_up_sync(full_warp, lane, 4);
    mine[4] = __shfl_down_sync(full_warp, lane, 4, 8);
    mine[5] = static_cast<int>(__ballot_sync(full_warp, lane < 3));
    mine[6] = __any_sync(full_warp, lane == 31) + 2 * __all_sync(full_warp, lane < 31);
    mine[7] = __syncthreads_count(lane % 2);
}

TEST(Simt, ShufflesAndVotesFollowCuda) {
    Queue queue(Backend::cuda);
    const testing::DeviceArray<int> out(queue, 64 * 8);
    launch(lanes, 1U, 64, 0, stream_of(queue), out.data());
    const auto values = out.values();
    for (int thread = 0; thread < 64; ++thread) {
        const int lane = thread % 32;
        const std::vector<int> expected = {5,
                                           lane ^ 3,
                                           lane + 4 < 32 ? lane + 4 : lane,
                                           lane >= 4 ? lane - 4 : lane,
                                           lane % 8 < 4 ? lane + 4 : lane,
                                           7,
                                           1,
                                           32};
        EXPECT_EQ(std::vector<int>(values.begin() + thread * 8, values.begin() + thread * 8 + 8), expected) << thread;
    }
}

__global__ void half_at_a_barrier(int* out) {
    if (threadIdx.x < 16) __syncthreads();
    out[threadIdx.x] = 0;
}
__global__ void different_barriers(int* out) {
    if (threadIdx.x < 16)
        __syncthreads();
    else
        __syncthreads();
    out[threadIdx.x] = 0;
}
__global__ void shuffle_from_outside(int* out) {
    if (threadIdx.x < 16) out[threadIdx.x] = __shfl_xor_sync(0xffffU, 1, 16);
}
__global__ void mask_with_absent_lanes(int* out) {
    if (threadIdx.x < 16) out[threadIdx.x] = __shfl_xor_sync(full_warp, 1, 1);
}
__global__ void outside_its_mask(int* out) { out[threadIdx.x] = __shfl_sync(0xffffU, 1, 0); }
__global__ void too_much_shared(int* out) {
    PROTOLITH_SHARED(many, int[13000]);
    out[threadIdx.x] = many[0];
}

TEST(Simt, TellsWhoIsMissingAtABarrier) {
    const auto text = complaint(half_at_a_barrier, 32);
    EXPECT_NE(text.find("a barrier that not every thread reaches"), std::string::npos) << text;
    EXPECT_NE(text.find("simt_test.cpp"), std::string::npos) << text;
    EXPECT_NE(text.find("thread 31,0,0"), std::string::npos) << text;
    EXPECT_NE(complaint(different_barriers, 32).find("different barriers"), std::string::npos);
}

TEST(Simt, TellsShufflesAmongTheWrongLanes) {
    EXPECT_NE(complaint(shuffle_from_outside, 32).find("lane 16, which is not in the mask"), std::string::npos);
    EXPECT_NE(complaint(mask_with_absent_lanes, 32).find("a lane that has ended"), std::string::npos);
    EXPECT_NE(complaint(mask_with_absent_lanes, 16).find("a lane outside the block"), std::string::npos);
    EXPECT_NE(complaint(outside_its_mask, 32).find("not in its own mask"), std::string::npos);
}

#if !defined(__SANITIZE_ADDRESS__)  // it sees the write itself, and ends the process
__global__ void beyond_shared(int* out) {
    PROTOLITH_SHARED(few, int[33]);
    few[threadIdx.x] = 1;
    volatile unsigned length = 33;      // hides the bug from the compiler's own warnings
    few[length + threadIdx.x % 2] = 1;  // behind the array
    out[threadIdx.x] = few[2];
}

TEST(Simt, TellsWritesBeyondSharedMemory) {
    EXPECT_NE(complaint(beyond_shared, 32).find("a write outside of this shared memory"), std::string::npos);
}
#endif

TEST(Simt, TellsLaunchesThatADeviceRefuses) {
    EXPECT_NE(complaint(too_much_shared, 32).find("more shared memory"), std::string::npos);
    EXPECT_NE(complaint(half_at_a_barrier, 1025).find("1 to 1024"), std::string::npos);
    Queue queue(Backend::cuda);
    int host = 0;
    EXPECT_THROW(launch(half_at_a_barrier, 1U, 32, 0, stream_of(queue), &host), simt::Error);
    EXPECT_THROW(launch(half_at_a_barrier, 1U, 32, 50000, stream_of(queue), nullptr), simt::Error);
}

__global__ void neighbour(int* out, int synchronised) {
    PROTOLITH_SHARED(values, int[64]);
    values[threadIdx.x] = 1;
    if (synchronised != 0) __syncthreads();
    out[threadIdx.x] = values[63 - threadIdx.x];
}

TEST(Simt, AMissingBarrierShowsAsWhatWasNeverWritten) {
    for (const auto order : orders) {
        simt::set_order(order);
        Queue queue(Backend::cuda);
        const testing::DeviceArray<int> out(queue, 64);
        launch(neighbour, 1U, 64, 0, stream_of(queue), out.data(), 1);
        EXPECT_EQ(out.values(), std::vector<int>(64, 1));
        launch(neighbour, 1U, 64, 0, stream_of(queue), out.data(), 0);
        EXPECT_NE(out.values(), std::vector<int>(64, 1));
    }
    simt::set_order(simt::Order::forward);
}

}  // namespace
}  // namespace protolith::kernels::cuda
