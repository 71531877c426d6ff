// NCCL's return codes as the texts of launch/check.hpp.
#pragma once

#include "launch/check.hpp"

#include <nccl.h>

namespace protolith::kernels::cuda {

StatusText describe(ncclResult_t status);

}  // namespace protolith::kernels::cuda

#define PROTOLITH_NCCL_CHECK(...) ::protolith::kernels::cuda::check((__VA_ARGS__), "NCCL", #__VA_ARGS__)
