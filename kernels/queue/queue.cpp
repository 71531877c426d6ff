#include "queue/queue.hpp"

#include "queue/stream.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace protolith::kernels {

Queue::Queue(Backend backend, int threads, int device)
    : backend_(backend), threads_(std::max(threads, 1)), device_(device), pool_(std::make_shared<Pool>(backend)) {
    PROTOLITH_LAUNCH(*this, open_stream(stream_, threads_, device_));
}

Queue::~Queue() {
    states_.clear();
    PROTOLITH_LAUNCH(*this, close_stream(stream_));
}

void Queue::synchronise() { PROTOLITH_LAUNCH(*this, synchronise_stream(stream_)); }

void Queue::begin_capture(std::shared_ptr<Pool> pool, const std::uint32_t* launches) {
    if (capture_ != 0) throw std::logic_error("a capture within a capture");
    pool_beside_ = std::exchange(pool_, std::move(pool));
    capture_ = ++captures_;
    launches_ = launches;
}

void Queue::end_capture() {
    pool_ = std::move(pool_beside_);
    capture_ = 0;
    launches_ = nullptr;
}

}  // namespace protolith::kernels
