// What ranks exchange of their tensors while they compute: by MPI where these lie in the host's memory, by NCCL on a
// stream of its own where they lie on GPUs. One object a rank.
#pragma once

#include "parallel/sum_in_flight.hpp"

namespace protolith::parallel {

class Exchange {
  public:
    /// Tensors of `queue`, which is of the same kind on every rank. Both must outlive this object. Collective.
    Exchange(const Communicator& comm, Queue& queue);

    const Communicator& comm() const noexcept { return comm_; }
    int size() const noexcept { return comm_.size(); }

    /// Starts to replace the elements of a tensor by their sums over ranks. Collective.
    SumInFlight sum(Tensor tensor) const;
    /// Overwrites the elements by rank 0's, bit for bit. Collective.
    void broadcast(const Tensor& tensor) const;

  private:
    const Communicator& comm_;
    std::shared_ptr<kernels::cuda::Group> group_;  // null on the CPU, and where there is nobody to exchange with
};

/// Seconds after which a rank that waits for others on a GPU gives up: the environment's PROTOLITH_PEER_TIMEOUT, else
/// half an hour. InputError for what is not a positive number.
double peer_timeout();

}  // namespace protolith::parallel
