#include "device/free_memory.hpp"
#include "launch/check.hpp"

namespace protolith::kernels::cuda {

std::size_t free_memory() {
    std::size_t free = 0, total = 0;
    PROTOLITH_CUDA_CHECK(cudaMemGetInfo(&free, &total));
    return free;
}

}  // namespace protolith::kernels::cuda
