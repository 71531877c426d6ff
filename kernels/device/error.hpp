// The error of a device, for code that knows of no CUDA.
#pragma once

#include <stdexcept>

namespace protolith::kernels {

/// A call to the CUDA runtime or to one of its libraries that failed: which one, why, and what to do about it.
struct DeviceError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace protolith::kernels
