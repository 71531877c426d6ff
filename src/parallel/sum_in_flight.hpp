// A sum over ranks that runs beside the computation: MPI_Iallreduce on the CPU; where NCCL's all-reduce on a stream of
// its own will stand.
#pragma once

#include "base/communicator.hpp"
#include "tensor/tensor.hpp"

namespace protolith::parallel {

/// The elements of a tensor (float32 or float64) are being replaced by their sums over ranks. Every rank must start its
/// sums in the same order. Must be over before the tensor is read.
class SumInFlight {
  public:
    /// Nothing is under way.
    SumInFlight() = default;
    /// Starts; returns at once. Collective.
    SumInFlight(const Communicator& comm, Tensor tensor);
    ~SumInFlight();
    SumInFlight(SumInFlight&& other) noexcept;
    SumInFlight& operator=(SumInFlight&& other) noexcept;

    /// Lets the exchange make progress; true when it is over.
    bool poll();
    void wait();

  private:
    Tensor tensor_;
    MPI_Request request_ = MPI_REQUEST_NULL;
};

}  // namespace protolith::parallel
