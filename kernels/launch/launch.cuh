// How a .cu file starts kernels: the only place with <<<>>>. Under PROTOLITH_SIMT the same text is compiled for the CPU
// and run one fiber a thread by tests/simt, so a .cu file keeps to what stands here and in the CUDA language itself:
// launch() starts a kernel, PROTOLITH_SHARED declares static and dynamic_shared<T>() dynamic shared memory.
#pragma once

#include "launch/check.hpp"
#include "queue/queue.hpp"
#include "queue/types.hpp"

#include <type_traits>

#if defined(PROTOLITH_SIMT)
#include "simt/simt.hpp"
#else
#include <cuda_runtime.h>
#endif

namespace protolith::kernels::cuda {

/// The stream on which a queue's kernels run, in order.
inline cudaStream_t stream_of(const Queue& queue) { return static_cast<cudaStream_t>(queue.stream()); }

/// Blocks of a launch, and who asked for them.
struct Grid {
    dim3 blocks;
    std::source_location where;
    Grid(dim3 blocks_, std::source_location where_ = std::source_location::current())
        : blocks(blocks_), where(where_) {}
    Grid(unsigned count, std::source_location where_ = std::source_location::current())
        : blocks(count), where(where_) {}
};

#if defined(PROTOLITH_SIMT)

/// Static shared memory: PROTOLITH_SHARED(sums, float[32]). Every thread of a block sees the same.
#define PROTOLITH_SHARED(name, ...) auto& name = ::simt::shared<__VA_ARGS__>([] { return __LINE__; })

template <class T>
T* dynamic_shared() {
    return ::simt::dynamic_shared<T>();
}

template <class... Parameters, class... Arguments>
void launch(void (*kernel)(Parameters...), const Grid& grid, dim3 block, std::size_t shared_bytes, cudaStream_t stream,
            const Arguments&... arguments) {
    if (grid.blocks.x == 0 || grid.blocks.y == 0 || grid.blocks.z == 0) return;
    ::simt::launch(kernel, grid.blocks, block, shared_bytes, stream, grid.where, static_cast<Parameters>(arguments)...);
}

#else

#define PROTOLITH_SHARED(name, ...) __shared__ std::type_identity_t<__VA_ARGS__> name

/// The shared memory whose size the launch gives, aligned to 16 bytes.
template <class T>
__device__ T* dynamic_shared() {
    extern __shared__ __align__(16) unsigned char protolith_dynamic_shared[];
    return reinterpret_cast<T*>(protolith_dynamic_shared);
}

/// Starts kernel<<<grid, block, shared_bytes, stream>>>(arguments…); what the launch itself refuses is thrown with the
/// line that called. A grid without blocks is no launch. More than 48 KiB of shared memory must be allowed by the
/// caller.
template <class... Parameters, class... Arguments>
void launch(void (*kernel)(Parameters...), const Grid& grid, dim3 block, std::size_t shared_bytes, cudaStream_t stream,
            const Arguments&... arguments) {
    if (grid.blocks.x == 0 || grid.blocks.y == 0 || grid.blocks.z == 0) return;
    // clang-format off
    kernel<<<grid.blocks, block, shared_bytes, stream>>>(static_cast<Parameters>(arguments)...);
    // clang-format on
    check(cudaGetLastError(), "CUDA", "kernel launch", grid.where);
}

#endif

/// Threads of a block where nothing else asks for another number.
constexpr int block_threads = 256;

/// Blocks of a multiprocessor at a time that kernels of many formulas are compiled for: at most 80 registers a thread,
/// where without this bound ptxas saves some instances a few registers and spills.
constexpr int least_blocks = 3;

/// Blocks of `threads` for `items` of work in a grid-stride loop: at least one thread an item until the GPU is full
/// (132 multiprocessors of 2048 threads), then loops.
inline unsigned blocks_for(std::int64_t items, int threads = block_threads) {
    const std::int64_t wanted = (items + threads - 1) / threads, most = 132 * 2048 / threads * 4;
    return static_cast<unsigned>(wanted < most ? wanted : most);
}

/// First item of this thread, and the step to its next, in a grid-stride loop over one dimension.
__device__ inline std::int64_t first_item() { return static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; }
__device__ inline std::int64_t item_stride() { return static_cast<std::int64_t>(gridDim.x) * blockDim.x; }

}  // namespace protolith::kernels::cuda
