// Tests of what ranks exchange, on every backend that this machine has: the CPU (MPI), and a GPU for each rank (NCCL).
#pragma once

#include "base/communicator.hpp"
#include "device/query.hpp"
#include "queue/queue.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace protolith::parallel {

inline std::vector<kernels::Backend> backends() {
    std::vector<kernels::Backend> all{kernels::Backend::cpu};
    if (kernels::query_devices().available) all.push_back(kernels::Backend::cuda);
    return all;
}

inline const char* name_of_backend(kernels::Backend backend) {
    return backend == kernels::Backend::cuda ? "Cuda" : "Cpu";
}

class OnBackends : public ::testing::TestWithParam<kernels::Backend> {
  protected:
    void SetUp() override {
        const bool gpu = GetParam() == kernels::Backend::cuda;
        if (gpu && gpus() < comm.size()) GTEST_SKIP() << "fewer GPUs than ranks";
    }
    static int gpus() { return static_cast<int>(kernels::query_devices().devices.size()); }
    static int device_of(const Communicator& comm, kernels::Backend backend) {
        return backend == kernels::Backend::cuda ? comm.rank() % gpus() : 0;
    }

    Communicator comm;
    kernels::Queue queue{GetParam(), 1, device_of(comm, GetParam())};
};

#define PROTOLITH_ON_BACKENDS(suite)                                   \
    INSTANTIATE_TEST_SUITE_P(, suite, ::testing::ValuesIn(backends()), \
                             [](const auto& test) { return name_of_backend(test.param); })

}  // namespace protolith::parallel
