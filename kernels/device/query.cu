// Device query on the CUDA runtime (static): works, and says why not, on machines without driver or device.
#include "device/query.hpp"

#include <cuda_runtime.h>

namespace protolith::kernels::cuda {

DeviceQuery query_device() {
    DeviceQuery found;
    found.compiled = true;
    const cudaError_t error = cudaGetDeviceCount(&found.count);
    if (error != cudaSuccess || found.count == 0) {
        found.count = 0;
        found.reason = error != cudaSuccess ? cudaGetErrorString(error) : "the driver lists no device";
        cudaGetLastError();  // clears the sticky code, so that later calls are not blamed for it
        return found;
    }
    cudaDeviceProp properties{};
    if (const cudaError_t e = cudaGetDeviceProperties(&properties, 0); e != cudaSuccess) {
        found.reason = cudaGetErrorString(e);
        return found;
    }
    found.name = std::string(properties.name) + ", sm_" + std::to_string(properties.major) +
                 std::to_string(properties.minor) + ", " + std::to_string(properties.totalGlobalMem >> 30) + " GiB";
    if (properties.major < 8) {
        found.reason = found.name + " is too old: compute capability 8.0 or newer is needed";
        return found;
    }
    found.available = true;
    return found;
}

}  // namespace protolith::kernels::cuda
