// Device memory by cudaMalloc, which the pool asks seldom; copies in the queue's stream at the speed of the memory
// (device to device: 2 bytes moved a byte) or of the bus.
#include "launch/check.hpp"
#include "memory/system.hpp"

namespace protolith::kernels::cuda {
namespace {

cudaStream_t stream_of(const Queue& queue) { return static_cast<cudaStream_t>(queue.stream()); }

}  // namespace

void* system_allocate(std::size_t bytes) {
    void* block = nullptr;
    const cudaError_t status = cudaMalloc(&block, bytes);
    if (status == cudaErrorMemoryAllocation) {
        cudaGetLastError();  // told by the null: later calls are not to be blamed for it
        return nullptr;
    }
    check(status, "CUDA", "cudaMalloc");
    return block;
}

void system_release(void* block, std::size_t /*bytes*/) noexcept { cudaFree(block); }

void copy(Queue& queue, void* to, const void* from, std::size_t bytes) {
    PROTOLITH_CUDA_CHECK(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToDevice, stream_of(queue)));
}

void fill_zero(Queue& queue, void* to, std::size_t bytes) {
    PROTOLITH_CUDA_CHECK(cudaMemsetAsync(to, 0, bytes, stream_of(queue)));
}

void copy_in(Queue& queue, void* device, const void* host, std::size_t bytes) {
    PROTOLITH_CUDA_CHECK(cudaMemcpyAsync(device, host, bytes, cudaMemcpyHostToDevice, stream_of(queue)));
    PROTOLITH_CUDA_CHECK(cudaStreamSynchronize(stream_of(queue)));
}

void copy_out(Queue& queue, void* host, const void* device, std::size_t bytes) {
    PROTOLITH_CUDA_CHECK(cudaMemcpyAsync(host, device, bytes, cudaMemcpyDeviceToHost, stream_of(queue)));
    PROTOLITH_CUDA_CHECK(cudaStreamSynchronize(stream_of(queue)));
}

}  // namespace protolith::kernels::cuda
