// Memory straight from the system: what the pool draws on, and copies between host and device.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// Null when there is none left.
PROTOLITH_KERNEL(void* system_allocate(std::size_t bytes))
/// `bytes` as they were asked for.
PROTOLITH_KERNEL(void system_release(void* block, std::size_t bytes) noexcept)

/// Between device memory of one queue; in the queue's order.
PROTOLITH_KERNEL(void copy(Queue& queue, void* to, const void* from, std::size_t bytes))
PROTOLITH_KERNEL(void fill_zero(Queue& queue, void* to, std::size_t bytes))
/// From and to host memory; done when they return.
PROTOLITH_KERNEL(void copy_in(Queue& queue, void* device, const void* host, std::size_t bytes))
PROTOLITH_KERNEL(void copy_out(Queue& queue, void* host, const void* device, std::size_t bytes))

}  // namespace protolith::kernels
