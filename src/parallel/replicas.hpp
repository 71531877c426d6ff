// Data-parallel training: every rank holds the same networks, works on its part of the batch, and gradients are summed
// before the optimiser, so that the networks stay the same. One object a rank; MPI on the CPU.
#pragma once

#include "base/communicator.hpp"
#include "tensor/tensor.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace protolith::parallel {

class Replicas {
  public:
    /// The communicator must outlive this object.
    explicit Replicas(const Communicator& comm) : comm_(comm) {}

    const Communicator& comm() const noexcept { return comm_; }
    int size() const noexcept { return comm_.size(); }

    /// This rank's items of a batch over all ranks. InputError, with the nearest sizes that would do, unless the batch
    /// can be shared equally (only then is the mean over ranks the mean over the batch).
    ItemRange share(std::int64_t batch) const;

    /// Overwrites the tensors by rank 0's. Collective.
    void broadcast(std::span<const Tensor> tensors) const;
    /// Overwrites the tensors (float32, float64) by their means over ranks: running statistics. Collective.
    void average(std::span<const Tensor> tensors) const;
    /// Means over ranks of a few host values (losses); the same bits on every rank. Collective.
    std::vector<double> mean(std::vector<double> values) const;
    /// The tensors have the same bits on every rank. Collective.
    bool agree(std::span<const Tensor> tensors) const;

  private:
    const Communicator& comm_;
};

}  // namespace protolith::parallel
