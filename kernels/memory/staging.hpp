// From the host to the device while both go on: the host writes one of two buffers of page-locked memory while the
// device reads the other.
#pragma once

#include "queue/kernel.hpp"

#include <array>

namespace protolith::kernels {

/// Host memory that the device reads by itself (the CPU's is plain memory); `block` is null when there is none left.
PROTOLITH_KERNEL(void host_allocate(void*& block, std::size_t bytes))
PROTOLITH_KERNEL(void host_release(void* block) noexcept)
/// Starts a copy behind what the queue has been given, and returns; `sent` is made (from null) or reused to tell its
/// end.
PROTOLITH_KERNEL(void send(Queue& queue, void* device, const void* host, std::size_t bytes, void*& sent))
/// Returns when the copy is over that last set `sent`; null: at once.
PROTOLITH_KERNEL(void wait_sent(void* sent))
/// Waits too, and forgets.
PROTOLITH_KERNEL(void drop_sent(void* sent) noexcept)

/// Two buffers in turn. The queue must outlive the object.
class Staging {
  public:
    Staging(Queue& queue, std::size_t bytes);
    ~Staging();
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;

    /// The buffer to be written; waits until the device has read what it last held.
    void* open();
    /// Copies what was written into open()'s buffer to `device`, in the queue's order, and turns to the other buffer.
    /// Returns at once.
    void send_to(void* device);

  private:
    struct Buffer {
        void* block = nullptr;
        void* sent = nullptr;
    };
    void release() noexcept;

    Queue& queue_;
    std::size_t bytes_;
    std::array<Buffer, 2> buffers_;
    std::size_t turn_ = 0;
};

}  // namespace protolith::kernels
