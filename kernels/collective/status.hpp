// NCCL's return codes as the texts of launch/check.hpp.
#pragma once

#include "launch/check.hpp"

#include <nccl.h>

namespace protolith::kernels::cuda {

StatusText describe(ncclResult_t status);

inline void check(ncclResult_t status, const char* library, const char* call,
                  const std::source_location& where = std::source_location::current()) {
    if (status != ncclSuccess) throw_device_error(describe(status), library, call, where);
}

}  // namespace protolith::kernels::cuda

#define PROTOLITH_NCCL_CHECK(...) ::protolith::kernels::cuda::check((__VA_ARGS__), "NCCL", #__VA_ARGS__)
