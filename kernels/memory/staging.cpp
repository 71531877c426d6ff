#include "memory/staging.hpp"

#include <algorithm>
#include <new>

namespace protolith::kernels {

Staging::Staging(Queue& queue, std::size_t bytes) : queue_(queue), bytes_(std::max<std::size_t>(bytes, 1)) {
    for (auto& buffer : buffers_) PROTOLITH_LAUNCH(queue_, host_allocate(buffer.block, bytes_));
    if (buffers_[0].block != nullptr && buffers_[1].block != nullptr) return;
    release();
    throw std::bad_alloc();
}

Staging::~Staging() { release(); }

void Staging::release() noexcept {
    for (auto& buffer : buffers_) {
        PROTOLITH_LAUNCH(queue_, drop_sent(buffer.sent));
        PROTOLITH_LAUNCH(queue_, host_release(buffer.block));
    }
}

void* Staging::open() {
    auto& buffer = buffers_[turn_];
    PROTOLITH_LAUNCH(queue_, wait_sent(buffer.sent));
    return buffer.block;
}

void Staging::send_to(void* device) {
    auto& buffer = buffers_[turn_];
    PROTOLITH_LAUNCH(queue_, send(queue_, device, buffer.block, bytes_, buffer.sent));
    turn_ = 1 - turn_;
}

}  // namespace protolith::kernels
