// The runtime's calls for memory. Copies from and to pinned memory happen when the stream comes to them; pageable
// memory is read before the call returns, and written before it returns.
#include "standin/runtime/arena.hpp"
#include "standin/runtime/streams.hpp"

#include <cstdlib>
#include <cstring>
#include <vector>

using standin::device;

namespace {

/// Allocation is no part of a graph: refused unless every capture that is going on is relaxed.
bool refused_in_capture() {
    bool refused = false;
    for (const auto& capture : device().captures)
        if (capture->mode != cudaStreamCaptureModeRelaxed) capture->invalid = refused = true;
    return refused;
}

void require_side(bool device_side, const void* pointer, std::size_t bytes, const char* argument) {
    if (device_side) return standin::require_device(pointer, bytes, "cudaMemcpyAsync", argument);
    if (standin::is_device(pointer))
        throw standin::Misuse(std::string("cudaMemcpyAsync: ") + argument +
                              " is device memory, but the kind of the copy says host");
}

}  // namespace

cudaError_t cudaMalloc(void** block, std::size_t bytes) {
    if (refused_in_capture()) return device().returns(cudaErrorStreamCaptureUnsupported);
    *block = nullptr;
    if (bytes == 0) return cudaSuccess;
    *block = standin::arena().allocate(bytes);
    return device().returns(*block ? cudaSuccess : cudaErrorMemoryAllocation);
}

cudaError_t cudaFree(void* block) {
    if (!block) return cudaSuccess;
    if (refused_in_capture()) return device().returns(cudaErrorStreamCaptureUnsupported);
    standin::finish_all();  // as the real one, which waits for the device
    try {
        return device().returns(standin::arena().release(block) ? cudaSuccess : cudaErrorInvalidValue);
    } catch (...) {
        device().failure = std::current_exception();  // told by the next call that may throw
        return cudaSuccess;
    }
}

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
    *total = standin::arena().limit();
    *free = *total - standin::arena().used();
    return cudaSuccess;
}

cudaError_t cudaMallocHost(void** block, std::size_t bytes) {
    if (refused_in_capture()) return device().returns(cudaErrorStreamCaptureUnsupported);
    *block = std::aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);
    if (!*block) return device().returns(cudaErrorMemoryAllocation);
    std::memset(*block, 0xff, bytes);
    device().pinned[*block] = bytes;
    return cudaSuccess;
}

cudaError_t cudaHostAlloc(void** block, std::size_t bytes, unsigned int /*flags*/) {
    return cudaMallocHost(block, bytes);
}

cudaError_t cudaFreeHost(void* block) {
    if (!block) return cudaSuccess;
    standin::finish_all();
    if (device().pinned.erase(block) == 0) return device().returns(cudaErrorInvalidValue);
    std::free(block);
    return cudaSuccess;
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind, cudaStream_t stream) {
    if (bytes == 0) return cudaSuccess;
    const bool from_device = kind == cudaMemcpyDeviceToDevice || kind == cudaMemcpyDeviceToHost;
    const bool to_device = kind == cudaMemcpyDeviceToDevice || kind == cudaMemcpyHostToDevice;
    if (!from_device && !to_device) return device().returns(cudaErrorInvalidMemcpyDirection);
    require_side(from_device, from, bytes, "the source");
    require_side(to_device, to, bytes, "the destination");
    const bool host_pinned = from_device ? to_device || standin::is_pinned(to, bytes) : standin::is_pinned(from, bytes);
    const bool captured = standin::capturing(stream);
    if (captured && !host_pinned)
        throw standin::Misuse("cudaMemcpyAsync: pageable host memory in a graph: what it holds at replay is chance");
    if (from_device || host_pinned) {
        standin::enqueue(stream, "copy", [=] { std::memmove(to, from, bytes); });
        if (!host_pinned) standin::finish(stream);
        return cudaSuccess;
    }
    const auto* const begin = static_cast<const unsigned char*>(from);
    standin::enqueue(stream, "copy", [to, staged = std::vector<unsigned char>(begin, begin + bytes)] {
        std::memcpy(to, staged.data(), staged.size());
    });
    return cudaSuccess;
}

cudaError_t cudaMemsetAsync(void* to, int value, std::size_t bytes, cudaStream_t stream) {
    if (bytes == 0) return cudaSuccess;
    standin::require_device(to, bytes, "cudaMemsetAsync", "the destination");
    standin::enqueue(stream, "memset", [=] { std::memset(to, value, bytes); });
    return cudaSuccess;
}
