// The ranks of a job as a group of GPUs: sums and broadcasts by NCCL, on a stream of their own beside the kernels of
// the queue. How ranks come to know one another (MPI) is the caller's business.
#pragma once

#include "queue/queue.hpp"
#include "queue/types.hpp"

#include <array>
#include <memory>

namespace protolith::kernels::cuda {

class Group {
  public:
    /// By which the ranks of a group find one another: made on one, told to all.
    using Name = std::array<char, 128>;
    static Name new_name();
    /// Exchanges are numbered 1, 2, … in the order of their start, which must be the same on every rank.
    using Number = std::uint64_t;

    /// Returns when all `size` ranks are there, each with a GPU of its own. `patience`: seconds after which an exchange
    /// that others do not join is given up. The queue must outlive the group.
    Group(Queue& queue, const Name& name, int rank, int size, double patience);
    /// Ends the connections; where an exchange is still under way (an error passes), breaks them off.
    ~Group();
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

    /// Starts to replace the elements (float32, float64) by their sums over ranks, once what the queue has been given
    /// so far is done; the queue may go on beside it. Returns at once.
    Number start_sum(void* elements, std::int64_t count, DataType type);
    /// Starts to overwrite the bytes by those of rank `root`.
    Number start_broadcast(void* data, std::size_t bytes, int root);

    /// The exchange is over. Throws DeviceError where a rank is gone or has failed.
    bool done(Number exchange);
    /// Returns when the exchange is over, for the host and for what the queue is given from now on. Throws as done(),
    /// and where the others do not come within the time: a rank that is gone ends the job and does not hang it.
    void wait(Number exchange);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace protolith::kernels::cuda
