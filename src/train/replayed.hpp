// What an update computes on a GPU as one CUDA graph: started kernel by kernel the first time, captured the second, and
// from then on launched as a whole, which spares the host the start of hundreds of small kernels.
#pragma once

#include "queue/graph.hpp"
#include "train/trainer.hpp"

namespace protolith::train {

/// `Result` has `gradients`, in the order of the parameters.
template <class Result>
class Replayed {
  public:
    using Work = std::function<Result(const GradientReady& ready)>;

    /// Replays where it is `wanted` and the queue is a GPU's; otherwise only runs. The queue must outlive this object.
    Replayed(Queue& queue, bool wanted) : queue_(queue), wanted_(wanted && kernels::Graph::serves(queue)) {}

    /// Runs or replays `work`, whose operands lie where they lay before and which does not wait for the device. In a
    /// replay every gradient is told of after the last one: none is sent to other ranks while the backward goes on.
    Result run(const Work& work, const GradientReady& ready) {
        if (!wanted_) return work(ready);
        if (!started_) {  // makes plans and caches
            started_ = true;
            return work(ready);
        }
        if (!graph_.captured()) {
            queue_.pool()->trim();  // the graph has memory of its own
            graph_.capture([&] { result_ = work({}); });
        }
        graph_.launch();
        for (std::size_t i = 0; i < result_.gradients.size(); ++i) ready(i, result_.gradients[i]);
        return result_;
    }
    bool replays() const noexcept { return graph_.captured(); }

  private:
    Queue& queue_;
    bool wanted_, started_ = false;
    kernels::Graph graph_{queue_};
    Result result_;  // at the graph's places
};

}  // namespace protolith::train
