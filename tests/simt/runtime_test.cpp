// The stand-in runtime: streams whose work waits until somebody waits for it, captures, device memory that the host
// cannot touch.
#include "standin/runtime/runtime.hpp"

#include <cstring>
#include <vector>

#include <gtest/gtest.h>

namespace standin {
namespace {

struct Streams : ::testing::Test {
    Streams() {
        set_schedule(Schedule::lazy);
        for (auto* stream : {&one, &two}) cudaStreamCreateWithFlags(stream, cudaStreamNonBlocking);
        cudaEventCreateWithFlags(&event, cudaEventDisableTiming);
        cudaMallocHost(reinterpret_cast<void**>(&pinned), 64);
    }
    ~Streams() override {
        cudaFreeHost(pinned);
        cudaEventDestroy(event);
        cudaStreamDestroy(one);
        cudaStreamDestroy(two);
        set_schedule(Schedule::eager);
    }
    void log(cudaStream_t stream, int number) {
        enqueue(stream, "log", [this, number] { done.push_back(number); });
    }

    cudaStream_t one = nullptr, two = nullptr;
    cudaEvent_t event = nullptr;
    int* pinned = nullptr;
    std::vector<int> done;
};

TEST_F(Streams, WorkWaitsUntilSomebodyWaitsForIt) {
    log(one, 1);
    log(two, 2);
    EXPECT_TRUE(done.empty());
    cudaStreamSynchronize(two);
    EXPECT_EQ(done, std::vector<int>{2});
    cudaDeviceSynchronize();
    EXPECT_EQ(done, (std::vector<int>{2, 1}));
}

TEST_F(Streams, EventsOrderStreams) {
    log(one, 1);
    cudaEventRecord(event, one);
    log(one, 2);
    cudaStreamWaitEvent(two, event, 0);
    log(two, 3);
    cudaStreamSynchronize(two);
    EXPECT_EQ(done, (std::vector<int>{1, 3}));
}

TEST_F(Streams, PinnedMemoryIsReadWhenTheCopyComes) {
    void* block = nullptr;
    cudaMalloc(&block, sizeof(int));
    int pageable = 1;
    *pinned = 1;
    cudaMemcpyAsync(block, &pageable, sizeof(int), cudaMemcpyHostToDevice, one);
    pageable = 2;
    cudaMemcpyAsync(pinned + 1, block, sizeof(int), cudaMemcpyDeviceToHost, one);
    cudaMemcpyAsync(block, pinned, sizeof(int), cudaMemcpyHostToDevice, one);
    *pinned = 3;
    int result = 0;
    cudaMemcpyAsync(&result, block, sizeof(int), cudaMemcpyDeviceToHost, one);
    EXPECT_EQ(result, 3);
    EXPECT_EQ(pinned[1], 1);
    cudaFree(block);
}

TEST_F(Streams, FailuresOfWorkAreToldByWhoWaits) {
    enqueue(one, "bad", [] { throw Misuse("said later"); });
    log(one, 1);
    EXPECT_THROW(cudaStreamSynchronize(one), Misuse);
    EXPECT_TRUE(done.empty());
    EXPECT_EQ(cudaStreamSynchronize(one), cudaSuccess);
}

TEST_F(Streams, AGraphRepeatsWhatWasCapturedFromAllStreams) {
    cudaStreamBeginCapture(one, cudaStreamCaptureModeRelaxed);
    log(one, 1);
    cudaEventRecord(event, one);
    cudaStreamWaitEvent(two, event, 0);
    log(two, 2);
    cudaEventRecord(event, two);
    cudaStreamWaitEvent(one, event, 0);
    cudaGraph_t graph = nullptr;
    ASSERT_EQ(cudaStreamEndCapture(one, &graph), cudaSuccess);
    EXPECT_TRUE(done.empty());
    EXPECT_FALSE(capturing(two));
    cudaGraphExec_t exec = nullptr;
    cudaGraphInstantiate(&exec, graph, 0);
    cudaGraphLaunch(exec, one);
    cudaGraphLaunch(exec, one);
    cudaStreamSynchronize(one);
    EXPECT_EQ(done, (std::vector<int>{1, 2, 1, 2}));
    cudaGraphExecDestroy(exec);
    cudaGraphDestroy(graph);
}

TEST_F(Streams, ACaptureWithAStreamLeftBehindFails) {
    cudaStreamBeginCapture(one, cudaStreamCaptureModeRelaxed);
    cudaEventRecord(event, one);
    cudaStreamWaitEvent(two, event, 0);
    log(two, 1);
    cudaGraph_t graph = nullptr;
    EXPECT_EQ(cudaStreamEndCapture(one, &graph), cudaErrorStreamCaptureUnjoined);
    EXPECT_EQ(graph, nullptr);
}

TEST_F(Streams, WaitingSpoilsACaptureAndStrictOnesRefuseMemory) {
    cudaGraph_t graph = nullptr;
    cudaStreamBeginCapture(one, cudaStreamCaptureModeRelaxed);
    EXPECT_EQ(cudaStreamSynchronize(one), cudaErrorStreamCaptureUnsupported);
    EXPECT_EQ(cudaStreamEndCapture(one, &graph), cudaErrorStreamCaptureInvalidated);
    cudaStreamBeginCapture(one, cudaStreamCaptureModeGlobal);
    void* block = nullptr;
    EXPECT_EQ(cudaMalloc(&block, 64), cudaErrorStreamCaptureUnsupported);
    EXPECT_EQ(cudaStreamEndCapture(one, &graph), cudaErrorStreamCaptureInvalidated);
}

TEST(DeviceMemoryOfTheStandIn, FaultsWhenTheHostTouchesIt) {
    void* block = nullptr;
    ASSERT_EQ(cudaMalloc(&block, 64), cudaSuccess);
    EXPECT_DEATH(std::memset(block, 0, 1), "");
    cudaFree(block);
}

TEST(DeviceMemoryOfTheStandIn, KnowsItsBoundsAndWhatIsWrittenBeyond) {
    cudaStream_t stream = nullptr;
    cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
    void* block = nullptr;
    cudaMalloc(&block, 100);
    EXPECT_TRUE(is_device(block, 100));
    EXPECT_FALSE(is_device(block, 101));
    EXPECT_THROW(cudaMemsetAsync(block, 0, 101, stream), Misuse);
    EXPECT_THROW(require_device(static_cast<char*>(block) + 4, 8, "call", "x", 16), Misuse);
    int host = 0;
    EXPECT_THROW(cudaMemcpyAsync(&host, &host, 4, cudaMemcpyDeviceToHost, stream), Misuse);
    EXPECT_THROW(enqueue(nullptr, "work", [] {}), Misuse);
#if !defined(__SANITIZE_ADDRESS__)
    enqueue(stream, "overrun", [block] { static_cast<volatile char*>(block)[100] = 1; });
    cudaFree(block);
    EXPECT_THROW(cudaStreamSynchronize(stream), Misuse);
#else
    cudaFree(block);
#endif
    cudaStreamDestroy(stream);
}

TEST(DeviceMemoryOfTheStandIn, EndsAtItsLimit) {
    std::size_t free = 0, total = 0;
    cudaMemGetInfo(&free, &total);
    void* block = nullptr;
    EXPECT_EQ(cudaMalloc(&block, total + 1), cudaErrorMemoryAllocation);
    EXPECT_EQ(block, nullptr);
    EXPECT_EQ(cudaGetLastError(), cudaErrorMemoryAllocation);
    EXPECT_EQ(cudaGetLastError(), cudaSuccess);
}

}  // namespace
}  // namespace standin
