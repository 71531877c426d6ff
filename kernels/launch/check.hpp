// From the return codes of the CUDA runtime and its libraries to exceptions that say which call failed, why, and what
// to do: PROTOLITH_CUDA_CHECK(cudaMemsetAsync(…)) throws DeviceError.
#pragma once

#include "device/error.hpp"

#include <source_location>
#include <string>

#include <cuda_runtime_api.h>

namespace protolith::kernels::cuda {

/// Of a return code: what the library says, and what a user can do about it ("" where nothing general helps).
struct StatusText {
    bool good;
    std::string text, advice;
};

StatusText describe(cudaError_t status);

/// Throws unless the code is good. `call` is the text of the call; `library` names whose code it is.
[[noreturn]] void throw_device_error(const StatusText& status, const char* library, const char* call,
                                     const std::source_location& where);

/// Throws unless the runtime's code is good. Every other library has its describe() and check() beside its handle.
inline void check(cudaError_t status, const char* library, const char* call,
                  const std::source_location& where = std::source_location::current()) {
    if (status != cudaSuccess) throw_device_error(describe(status), library, call, where);
}

}  // namespace protolith::kernels::cuda

#define PROTOLITH_CUDA_CHECK(...) ::protolith::kernels::cuda::check((__VA_ARGS__), "CUDA", #__VA_ARGS__)
