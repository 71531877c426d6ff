// What is left of a GPU's memory.
#pragma once

#include <cstddef>

namespace protolith::kernels::cuda {

/// Bytes of the current GPU that no process has taken. Throws DeviceError.
std::size_t free_memory();

}  // namespace protolith::kernels::cuda
