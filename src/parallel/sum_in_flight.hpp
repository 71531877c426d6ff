// A sum over ranks that runs beside the computation: MPI_Iallreduce on the CPU, NCCL on a stream of its own on GPUs.
#pragma once

#include "base/communicator.hpp"
#include "tensor/tensor.hpp"

#include <memory>

namespace protolith::kernels::cuda {
class Group;
}

namespace protolith::parallel {

/// The elements of a tensor (float32 or float64) are being replaced by their sums over ranks. Every rank must start its
/// sums in the same order. Must be over before the tensor is read.
class SumInFlight {
  public:
    /// Nothing is under way.
    SumInFlight() = default;
    /// Starts by MPI; returns at once. Collective.
    SumInFlight(const Communicator& comm, Tensor tensor);
    /// Starts by NCCL, behind what the tensor's queue has been given so far; returns at once. Collective.
    SumInFlight(std::shared_ptr<kernels::cuda::Group> group, Tensor tensor);
    ~SumInFlight();
    SumInFlight(SumInFlight&& other) noexcept;
    SumInFlight& operator=(SumInFlight&& other) noexcept;

    /// Lets the exchange make progress; true when it is over. On GPUs, throws where a rank is gone.
    bool poll();
    void wait();

  private:
    bool under_way() const noexcept { return request_ != MPI_REQUEST_NULL || number_ != 0; }

    Tensor tensor_;
    MPI_Request request_ = MPI_REQUEST_NULL;
    std::shared_ptr<kernels::cuda::Group> group_;
    std::uint64_t number_ = 0;  // of the exchange in the group; 0: none
};

}  // namespace protolith::parallel
