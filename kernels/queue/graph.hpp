// A step of a queue's work as a CUDA graph: captured once, then launched as a whole, so that the host does not start
// its hundreds of kernels one by one. What the host decided while the work was captured (sizes, addresses, factors) is
// repeated as it was; what changes from launch to launch must lie in device memory.
#pragma once

#include "queue/kernel.hpp"

#include <functional>

namespace protolith::kernels {

/// Begins to record what is launched on the stream instead of running it.
PROTOLITH_KERNEL(void begin_capture(Queue& queue))
/// Ends it: `graph` is what was recorded, ready to be launched, with its number of nodes. Null, and an exception, where
/// the work cannot be a graph (it waited for the device, or left a stream behind).
PROTOLITH_KERNEL(void end_capture(Queue& queue, void*& graph, std::size_t& nodes))
/// Ends it and forgets what was recorded.
PROTOLITH_KERNEL(void abandon_capture(Queue& queue) noexcept)
PROTOLITH_KERNEL(void launch_graph(Queue& queue, void* graph))
PROTOLITH_KERNEL(void drop_graph(void* graph) noexcept)
/// *launches += 1, in the queue's order.
PROTOLITH_KERNEL(void count_launch(Queue& queue, std::uint32_t* launches))

/// One captured step. The queue must outlive it, and it what the step made: the memory that the work takes from the
/// pool is the graph's own from then on, so that nothing else ever lies there.
class Graph {
  public:
    /// Only a queue of the CUDA backend can capture: Graph::serves(queue).
    explicit Graph(Queue& queue) : queue_(queue) {}
    ~Graph() { drop(); }
    Graph(const Graph&) = delete;
    Graph& operator=(const Graph&) = delete;

    static bool serves(const Queue& queue) noexcept { return queue.backend() == Backend::cuda; }

    /// Records `work`, which must have run once before (so that plans and caches are made), and must not wait for the
    /// device. It is not run: launch() runs it the first time. A former capture is dropped.
    void capture(const std::function<void()>& work);
    /// Everything captured once more, in the queue's order.
    void launch();

    bool captured() const noexcept { return graph_ != nullptr; }
    std::size_t nodes() const noexcept { return nodes_; }
    /// Memory that belongs to the graph.
    const Pool* pool() const noexcept { return pool_.get(); }

  private:
    void drop() noexcept;

    Queue& queue_;
    std::shared_ptr<Pool> pool_;
    std::uint32_t* launches_ = nullptr;
    void* graph_ = nullptr;
    std::size_t nodes_ = 0;
};

}  // namespace protolith::kernels
