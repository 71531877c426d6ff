// Data-parallel training: every rank holds the same networks, works on its part of the batch, and gradients are summed
// before the optimiser, so that the networks stay the same. One object a rank.
#pragma once

#include "parallel/exchange.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace protolith::parallel {

class Replicas {
  public:
    /// Of networks whose tensors are `queue`'s. Both must outlive this object. Collective.
    Replicas(const Communicator& comm, Queue& queue) : exchange_(comm, queue) {}

    const Communicator& comm() const noexcept { return exchange_.comm(); }
    const Exchange& exchange() const noexcept { return exchange_; }
    int size() const noexcept { return comm().size(); }

    /// Overwrites the tensors by rank 0's. Collective.
    void broadcast(std::span<const Tensor> tensors) const;
    /// Overwrites the tensors (float32, float64) by their means over ranks: running statistics. Collective.
    void average(std::span<const Tensor> tensors) const;
    /// Means over ranks of a few host values (losses); the same bits on every rank. Collective.
    std::vector<double> mean(std::vector<double> values) const;
    /// The tensors have the same bits on every rank. Collective.
    bool agree(std::span<const Tensor> tensors) const;

  private:
    Exchange exchange_;
};

/// This rank's items of a batch over all ranks. InputError, with the nearest sizes that would do, unless the batch can
/// be shared equally (only then is the mean over ranks the mean over the batch).
ItemRange share_of_batch(const Communicator& comm, std::int64_t batch);

}  // namespace protolith::parallel
