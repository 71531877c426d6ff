// Device query on the CUDA runtime (static): works, and says why not, on machines without driver or device.
#include "device/query.hpp"

#include <cstdlib>

#include <cuda_runtime_api.h>

namespace protolith::kernels::cuda {
namespace {

constexpr int oldest = 8;  // compute capability: bfloat16 on tensor cores, asynchronous copies

std::string reason_for(cudaError_t status, const DeviceQuery& found) {
    switch (status) {
        case cudaErrorInsufficientDriver:
            if (found.driver == 0) return "no NVIDIA driver is installed";
            return "the driver serves CUDA " + cuda_version_text(found.driver) + ", but this build needs CUDA " +
                   cuda_version_text(found.runtime) + ": update the driver";
        case cudaErrorNoDevice:
            if (const char* visible = std::getenv("CUDA_VISIBLE_DEVICES"))
                return "CUDA_VISIBLE_DEVICES='" + std::string(visible) + "' leaves no device";
            return "the driver lists no device";
        default:
            return std::string("the driver says '") + cudaGetErrorString(status) + "'";
    }
}

DeviceFacts facts_of(int index) {
    DeviceFacts facts;
    facts.index = index;
    cudaDeviceProp properties{};
    if (const cudaError_t status = cudaGetDeviceProperties(&properties, index); status != cudaSuccess) {
        facts.refusal = cudaGetErrorString(status);
        return facts;
    }
    facts.name = properties.name;
    facts.major = properties.major;
    facts.minor = properties.minor;
    facts.memory = properties.totalGlobalMem;
    facts.multiprocessors = properties.multiProcessorCount;
    for (const int part : {properties.pciDomainID, properties.pciBusID, properties.pciDeviceID})
        facts.identity += (facts.identity.empty() ? "" : ":") + std::to_string(part);
    // parts of one GPU (MIG) share its place on the bus, but not the identifier
    for (const char byte : properties.uuid.bytes) facts.identity += "/" + std::to_string(static_cast<int>(byte));
    if (facts.major < oldest)
        facts.refusal = "too old: compute capability " + std::to_string(facts.major) + "." +
                        std::to_string(facts.minor) + ", 8.0 or newer is needed";
    return facts;
}

}  // namespace

DeviceQuery query_devices() {
    DeviceQuery found;
    found.compiled = true;
    cudaDriverGetVersion(&found.driver);
    cudaRuntimeGetVersion(&found.runtime);
    int count = 0;
    const cudaError_t status = cudaGetDeviceCount(&count);
    for (int i = 0; status == cudaSuccess && i < count; ++i) {
        found.devices.push_back(facts_of(i));
        found.available = found.available || found.devices.back().refusal.empty();
    }
    if (found.devices.empty())
        found.reason = reason_for(status == cudaSuccess ? cudaErrorNoDevice : status, found);
    else if (!found.available)
        found.reason = device_text(found.devices[0]) + " is " + found.devices[0].refusal;
    cudaGetLastError();  // later calls are not to be blamed for what this one met
    return found;
}

std::string refusal_to_open(int index) {
    cudaError_t status = cudaSetDevice(index);
    std::size_t free = 0, total = 0;
    if (status == cudaSuccess) status = cudaMemGetInfo(&free, &total);  // opens it
    cudaGetLastError();
    switch (status) {
        case cudaSuccess:
            return "";
        case cudaErrorMemoryAllocation:
            return "GPU " + std::to_string(index) + " has no memory left: other processes use it";
        case cudaErrorDevicesUnavailable:
            return "GPU " + std::to_string(index) + " is held by another process (exclusive mode)";
        default:
            return "GPU " + std::to_string(index) + " cannot be opened: " + cudaGetErrorString(status);
    }
}

}  // namespace protolith::kernels::cuda
