#include "queue/queue.hpp"

#include "queue/stream.hpp"

#include <algorithm>

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

}  // namespace protolith::kernels
