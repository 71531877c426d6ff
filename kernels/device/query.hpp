// Which GPUs there are, and why one cannot be used. The only place that asks the CUDA runtime before a device is
// chosen.
#pragma once

#include <string>
#include <vector>

namespace protolith::kernels {

/// One GPU that the driver lists for this process.
struct DeviceFacts {
    int index = 0;
    std::string name;  // "NVIDIA H100 80GB HBM3"
    int major = 0, minor = 0;
    std::size_t memory = 0;  // bytes
    int multiprocessors = 0;
    std::string identity;  // its place on the bus: tells it from every other one of the node
    std::string refusal;   // why it cannot be used; empty when it can
};

/// What was found: GPUs that can be used, or the reason why there is none.
struct DeviceQuery {
    bool compiled = false;   // built with the CUDA backend
    bool available = false;  // at least one GPU that can be used
    std::string reason;      // one sentence, when not available
    int driver = 0;          // newest CUDA version that the driver serves, as 1000 · major + 10 · minor; 0: no driver
    int runtime = 0;         // CUDA version of this build, likewise
    std::vector<DeviceFacts> devices;

    /// "NVIDIA H100 80GB HBM3, sm_90, 79 GiB" of the first that can be used.
    std::string name() const;
};

/// "13.0" of 13000.
std::string cuda_version_text(int version);
/// "NVIDIA H100 80GB HBM3, sm_90, 79 GiB"
std::string device_text(const DeviceFacts& device);

namespace cuda {
DeviceQuery query_devices();
std::string refusal_to_open(int index);
}  // namespace cuda

/// Asks the driver; never throws, also where there is none. Takes nothing of a GPU: it is not opened.
DeviceQuery query_devices();

/// Opens a GPU for this process, as the first kernel would; says why that fails (another process holds it, its memory
/// is used up), or nothing.
std::string refusal_to_open(int index);

}  // namespace protolith::kernels
