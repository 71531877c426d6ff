// Page-locked memory, and an event after each copy out of it. One copy moves its bytes once over the host's link (PCIe
// 5: 64 GB/s), beside the kernels.
#include "launch/launch.cuh"
#include "memory/staging.hpp"

namespace protolith::kernels::cuda {

void host_allocate(void*& block, std::size_t bytes) {
    const cudaError_t status = cudaMallocHost(&block, bytes);
    if (status == cudaErrorMemoryAllocation) {
        block = nullptr;
        static_cast<void>(cudaGetLastError());
        return;
    }
    PROTOLITH_CUDA_CHECK(status);
}

void host_release(void* block) noexcept { cudaFreeHost(block); }

void send(Queue& queue, void* device, const void* host, std::size_t bytes, void*& sent) {
    if (sent == nullptr) {
        cudaEvent_t event = nullptr;
        PROTOLITH_CUDA_CHECK(cudaEventCreateWithFlags(&event, cudaEventDisableTiming));
        sent = event;
    }
    PROTOLITH_CUDA_CHECK(cudaMemcpyAsync(device, host, bytes, cudaMemcpyHostToDevice, stream_of(queue)));
    PROTOLITH_CUDA_CHECK(cudaEventRecord(static_cast<cudaEvent_t>(sent), stream_of(queue)));
}

void wait_sent(void* sent) {
    if (sent != nullptr) PROTOLITH_CUDA_CHECK(cudaEventSynchronize(static_cast<cudaEvent_t>(sent)));
}

void drop_sent(void* sent) noexcept {
    if (sent == nullptr) return;
    cudaEventSynchronize(static_cast<cudaEvent_t>(sent));  // where it fails, so has the device, and somebody says so
    cudaEventDestroy(static_cast<cudaEvent_t>(sent));
}

}  // namespace protolith::kernels::cuda
