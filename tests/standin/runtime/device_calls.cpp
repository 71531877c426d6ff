// The runtime's calls for devices, versions and errors. The environment says what this machine pretends to be:
// PROTOLITH_STANDIN_DEVICES: how many GPUs (4 without it); PROTOLITH_STANDIN_ABSENT: no-driver, old-driver, no-device,
// old-device or busy, for the tests of what is said then; PROTOLITH_STANDIN_MEMORY: bytes of each.
#include "standin/runtime/arena.hpp"
#include "standin/runtime/streams.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

using standin::device;

namespace {

std::string absent() {
    const char* text = std::getenv("PROTOLITH_STANDIN_ABSENT");
    return text ? text : "";
}

int devices() {
    const char* text = std::getenv("PROTOLITH_STANDIN_DEVICES");
    return text ? std::atoi(text) : 4;
}

struct Name {
    cudaError_t code;
    const char *name, *text;
};
constexpr Name names[] = {
    {cudaSuccess, "cudaSuccess", "no error"},
    {cudaErrorInvalidValue, "cudaErrorInvalidValue", "invalid argument"},
    {cudaErrorMemoryAllocation, "cudaErrorMemoryAllocation", "out of memory"},
    {cudaErrorInvalidMemcpyDirection, "cudaErrorInvalidMemcpyDirection", "invalid copy direction for memcpy"},
    {cudaErrorInsufficientDriver, "cudaErrorInsufficientDriver",
     "CUDA driver version is insufficient for CUDA runtime version"},
    {cudaErrorDevicesUnavailable, "cudaErrorDevicesUnavailable", "CUDA-capable device(s) is/are busy or unavailable"},
    {cudaErrorNoDevice, "cudaErrorNoDevice", "no CUDA-capable device is detected"},
    {cudaErrorInvalidDevice, "cudaErrorInvalidDevice", "invalid device ordinal"},
    {cudaErrorInvalidResourceHandle, "cudaErrorInvalidResourceHandle", "invalid resource handle"},
    {cudaErrorNotReady, "cudaErrorNotReady", "device not ready"},
    {cudaErrorIllegalState, "cudaErrorIllegalState", "the operation cannot be performed in the present state"},
    {cudaErrorStreamCaptureUnsupported, "cudaErrorStreamCaptureUnsupported",
     "operation not permitted when stream is capturing"},
    {cudaErrorStreamCaptureInvalidated, "cudaErrorStreamCaptureInvalidated",
     "operation failed due to a previous error during capture"},
    {cudaErrorStreamCaptureUnmatched, "cudaErrorStreamCaptureUnmatched",
     "stream capture was not initiated in this stream"},
    {cudaErrorStreamCaptureUnjoined, "cudaErrorStreamCaptureUnjoined", "capturing stream has unjoined work"},
    {cudaErrorStreamCaptureIsolation, "cudaErrorStreamCaptureIsolation",
     "dependency created on uncaptured work in another stream"},
    {cudaErrorCapturedEvent, "cudaErrorCapturedEvent",
     "operation not permitted on an event last recorded in a "
     "capturing stream"},
};

const Name* find(cudaError_t code) {
    for (const auto& entry : names)
        if (entry.code == code) return &entry;
    return nullptr;
}

}  // namespace

const char* cudaGetErrorName(cudaError_t code) { return find(code) ? find(code)->name : "unrecognized error code"; }
const char* cudaGetErrorString(cudaError_t code) { return find(code) ? find(code)->text : "unrecognized error code"; }

cudaError_t cudaGetLastError() { return std::exchange(device().last_error, cudaSuccess); }
cudaError_t cudaPeekAtLastError() { return device().last_error; }

cudaError_t cudaDriverGetVersion(int* version) {
    *version = absent() == "no-driver" ? 0 : absent() == "old-driver" ? 12040 : CUDART_VERSION;
    return cudaSuccess;
}

cudaError_t cudaRuntimeGetVersion(int* version) {
    *version = CUDART_VERSION;
    return cudaSuccess;
}

cudaError_t cudaGetDeviceCount(int* count) {
    *count = 0;
    const std::string why = absent();
    if (why == "no-driver" || why == "old-driver") return device().returns(cudaErrorInsufficientDriver);
    if (why == "no-device" || devices() == 0) return device().returns(cudaErrorNoDevice);
    *count = devices();
    return cudaSuccess;
}

cudaError_t cudaSetDevice(int index) {
    if (index < 0 || index >= devices()) return device().returns(cudaErrorInvalidDevice);
    if (absent() == "busy") return device().returns(cudaErrorDevicesUnavailable);
    device().current = index;
    return cudaSuccess;
}

cudaError_t cudaGetDevice(int* index) {
    *index = device().current;
    return cudaSuccess;
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int index) {
    if (index < 0 || index >= devices()) return device().returns(cudaErrorInvalidDevice);
    *properties = {};
    std::snprintf(properties->name, sizeof properties->name, "stand-in GPU");
    properties->major = absent() == "old-device" ? 7 : 9;
    properties->minor = 0;
    properties->totalGlobalMem = standin::arena().limit();
    properties->multiProcessorCount = 132;
    properties->pciBusID = index + 1;
    return cudaSuccess;
}

cudaError_t cudaFuncSetAttribute(const void* kernel, cudaFuncAttribute attribute, int value) {
    if (attribute != cudaFuncAttributeMaxDynamicSharedMemorySize || value < 0 || value > 163 << 10)
        return device().returns(cudaErrorInvalidValue);
    device().allowed_shared[kernel] = static_cast<std::size_t>(value);
    return cudaSuccess;
}
