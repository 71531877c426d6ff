#include "device/facts.hpp"
#include "launch/check.hpp"

#include <cuda_runtime.h>

namespace protolith::kernels::cuda {

std::string device_identity(int index) {
    cudaDeviceProp properties{};
    PROTOLITH_CUDA_CHECK(cudaGetDeviceProperties(&properties, index));
    std::string text;
    for (const int number : {properties.pciDomainID, properties.pciBusID, properties.pciDeviceID})
        text += std::to_string(number) + ":";
    for (const char byte : properties.uuid.bytes) text += std::to_string(static_cast<unsigned char>(byte)) + ".";
    return text;
}

std::size_t free_device_memory() {
    std::size_t free = 0, total = 0;
    PROTOLITH_CUDA_CHECK(cudaMemGetInfo(&free, &total));
    return free;
}

}  // namespace protolith::kernels::cuda
