// The queue's stream. Kernels, copies and library calls of one queue are in its order; nothing waits for the default
// stream.
#include "launch/check.hpp"
#include "queue/stream.hpp"

namespace protolith::kernels::cuda {

void open_stream(void*& stream, int threads, int device) {
    cpu::open_stream(stream, threads, device);  // what the host still computes
    PROTOLITH_CUDA_CHECK(cudaSetDevice(device));
    cudaStream_t opened = nullptr;
    PROTOLITH_CUDA_CHECK(cudaStreamCreateWithFlags(&opened, cudaStreamNonBlocking));
    stream = opened;
}

void close_stream(void* stream) { cudaStreamDestroy(static_cast<cudaStream_t>(stream)); }

void synchronise_stream(void* stream) {
    PROTOLITH_CUDA_CHECK(cudaStreamSynchronize(static_cast<cudaStream_t>(stream)));
}

}  // namespace protolith::kernels::cuda
