#include "queue/graph.hpp"

#include "memory/system.hpp"

namespace protolith::kernels {

void Graph::capture(const std::function<void()>& work) {
    drop();
    pool_ = std::make_shared<Pool>(queue_.backend(), false);
    launches_ = static_cast<std::uint32_t*>(pool_->allocate(sizeof *launches_));
    PROTOLITH_LAUNCH(queue_, fill_zero(queue_, launches_, sizeof *launches_));
    Profile* const profile = queue_.profile();
    queue_.watch(nullptr);  // it would wait after every operation
    queue_.begin_capture(pool_, launches_);
    try {
        PROTOLITH_LAUNCH(queue_, begin_capture(queue_));
        try {
            work();
            PROTOLITH_LAUNCH(queue_, count_launch(queue_, launches_));
        } catch (...) {
            PROTOLITH_LAUNCH(queue_, abandon_capture(queue_));
            throw;
        }
        PROTOLITH_LAUNCH(queue_, end_capture(queue_, graph_, nodes_));
    } catch (...) {
        queue_.end_capture();
        queue_.watch(profile);
        drop();
        throw;
    }
    queue_.end_capture();
    queue_.watch(profile);
}

void Graph::launch() { PROTOLITH_LAUNCH(queue_, launch_graph(queue_, graph_)); }

void Graph::drop() noexcept {
    if (graph_ != nullptr) PROTOLITH_LAUNCH(queue_, drop_graph(graph_));
    graph_ = nullptr;
    nodes_ = 0;
    if (launches_ != nullptr) pool_->release(launches_, sizeof *launches_);
    launches_ = nullptr;
    pool_.reset();  // gone when the last tensor of the step is
}

}  // namespace protolith::kernels
