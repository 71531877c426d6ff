#include "memory/staging.hpp"

#include <cstdlib>
#include <cstring>

namespace protolith::kernels::cpu {

void host_allocate(void*& block, std::size_t bytes) { block = std::aligned_alloc(64, (bytes + 63) / 64 * 64 + 64); }

void host_release(void* block) noexcept { std::free(block); }

void send(Queue& /*queue*/, void* device, const void* host, std::size_t bytes, void*& /*sent*/) {
    std::memcpy(device, host, bytes);
}

void wait_sent(void* /*sent*/) {}

void drop_sent(void* /*sent*/) noexcept {}

}  // namespace protolith::kernels::cpu
