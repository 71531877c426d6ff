// Which accelerator there is. The only place that asks the CUDA runtime before a device is chosen.
#pragma once

#include <string>

namespace protolith::kernels {

/// What was found: `available` with a name, or the reason why there is none.
struct DeviceQuery {
    bool compiled = false;   // built with the CUDA backend
    bool available = false;  // a device that can be used
    int count = 0;
    std::string name;    // "NVIDIA H100, sm_90, 80 GiB"
    std::string reason;  // one sentence, when not available
};

namespace cuda {
/// Asks the CUDA runtime; never throws, also where there is neither driver nor device.
DeviceQuery query_device();
}  // namespace cuda

/// The best accelerator for this process.
DeviceQuery query_device();

}  // namespace protolith::kernels
