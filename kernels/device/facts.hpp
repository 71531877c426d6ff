// What a rank must know of its GPU: which one it is, whatever number a process knows it by, and what memory is left.
#pragma once

#include <cstddef>
#include <string>

namespace protolith::kernels::cuda {

/// Bus address and UUID of the GPU `index` of this process. Throws DeviceError.
std::string device_identity(int index);
/// Bytes of the current GPU that nobody has taken.
std::size_t free_device_memory();

}  // namespace protolith::kernels::cuda
