#include "device/query.hpp"

namespace protolith::kernels {

std::string cuda_version_text(int version) {
    return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

std::string device_text(const DeviceFacts& device) {
    return device.name + ", sm_" + std::to_string(device.major) + std::to_string(device.minor) + ", " +
           std::to_string(device.memory >> 30) + " GiB";
}

std::string DeviceQuery::name() const {
    for (const auto& device : devices)
        if (device.refusal.empty()) return device_text(device);
    return {};
}

DeviceQuery query_devices() {
#ifdef PROTOLITH_CUDA
    return cuda::query_devices();
#else
    DeviceQuery none;
    none.reason = "this build has no CUDA backend (configure with the preset 'cuda')";
    return none;
#endif
}

std::string refusal_to_open([[maybe_unused]] int index) {
#ifdef PROTOLITH_CUDA
    return cuda::refusal_to_open(index);
#else
    return "this build has no CUDA backend";
#endif
}

}  // namespace protolith::kernels
