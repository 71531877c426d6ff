// Texts of the CUDA runtime's error codes.
#include "launch/check.hpp"

namespace protolith::kernels::cuda {
namespace {

const char* advice_for(cudaError_t status) {
    switch (status) {
        case cudaErrorMemoryAllocation:
            return "run on more ranks, or take a smaller batch or network (--check tells what it needs)";
        case cudaErrorInsufficientDriver:
            return "update the driver, or run with --device cpu";
        case cudaErrorNoDevice:
        case cudaErrorInvalidDevice:
            return "see CUDA_VISIBLE_DEVICES and 'protolith devices', or run with --device cpu";
        case cudaErrorDevicesUnavailable:
            return "another process holds the GPU alone (exclusive mode): ask for a free one, or run with --device cpu";
        case cudaErrorNoKernelImageForDevice:
        case cudaErrorUnsupportedPtxVersion:
            return "build with this GPU's architecture in CMAKE_CUDA_ARCHITECTURES";
        case cudaErrorECCUncorrectable:
        case cudaErrorHardwareStackError:
            return "the GPU has a hardware fault: run on another one; the last checkpoint is good";
        case cudaErrorIllegalAddress:
        case cudaErrorMisalignedAddress:
        case cudaErrorLaunchFailure:
            return "an earlier kernel failed: run again with CUDA_LAUNCH_BLOCKING=1 to see which, and report it";
        default:
            return "";
    }
}

}  // namespace

StatusText describe(cudaError_t status) {
    return {status == cudaSuccess, std::string(cudaGetErrorName(status)) + ": " + cudaGetErrorString(status),
            advice_for(status)};
}

void throw_device_error(const StatusText& status, const char* library, const char* call,
                        const std::source_location& where) {
    std::string file = where.file_name();
    if (const auto at = file.rfind("kernels/"); at != std::string::npos) file.erase(0, at);
    std::string text = std::string(library) + ": " + status.text + " (" + call + ", " + file + ":" +
                       std::to_string(where.line()) + ")";
    if (!status.advice.empty()) text += "; " + status.advice;
    throw DeviceError(text);
}

}  // namespace protolith::kernels::cuda
