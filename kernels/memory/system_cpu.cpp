#include "memory/system.hpp"

#include <cstdlib>
#include <cstring>

#include <sys/mman.h>

namespace protolith::kernels::cpu {
namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20;

}  // namespace

void* system_allocate(std::size_t bytes) {
    const std::size_t alignment = bytes >= huge_page ? huge_page : 64;
    void* block = std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
    if (block && bytes >= huge_page) madvise(block, bytes, MADV_HUGEPAGE);  // fewer page faults; only a wish
    return block;
}

void system_release(void* block, std::size_t /*bytes*/) noexcept { std::free(block); }

void copy(Queue& /*queue*/, void* to, const void* from, std::size_t bytes) { std::memmove(to, from, bytes); }

void fill_zero(Queue& /*queue*/, void* to, std::size_t bytes) { std::memset(to, 0, bytes); }

void copy_in(Queue& /*queue*/, void* device, const void* host, std::size_t bytes) { std::memcpy(device, host, bytes); }

void copy_out(Queue& /*queue*/, void* host, const void* device, std::size_t bytes) { std::memcpy(host, device, bytes); }

}  // namespace protolith::kernels::cpu
