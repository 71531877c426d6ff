#include "memory/system.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

namespace protolith::kernels::cpu {
namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool maps_pages = false;  // AddressSanitizer guards the ends of what its own heap gives, of nothing else
#else
constexpr bool maps_pages = true;
#endif

/// Blocks of this size are mapped; smaller ones come from the heap.
bool is_mapped(std::size_t bytes) { return maps_pages && bytes >= huge_page; }

std::size_t page() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }

std::size_t rounded_up(std::size_t bytes, std::size_t step) { return (bytes + step - 1) / step * step; }

/// Pages of their own, on huge ones as far as these are filled: fewer page faults, and nothing stays behind when they
/// are given back (the heap would keep it).
void* map_pages(std::size_t bytes) {
    const std::size_t wanted = rounded_up(bytes, page()), mapped = wanted + huge_page;
    void* raw = mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (raw == MAP_FAILED) return nullptr;
    const auto begin = reinterpret_cast<std::uintptr_t>(raw), block = rounded_up(begin, huge_page);
    if (block > begin) munmap(raw, block - begin);
    if (begin + mapped > block + wanted)
        munmap(reinterpret_cast<void*>(block + wanted), begin + mapped - block - wanted);
    void* result = reinterpret_cast<void*>(block);
    madvise(result, wanted / huge_page * huge_page, MADV_HUGEPAGE);  // only a wish
    return result;
}

}  // namespace

void* system_allocate(std::size_t bytes) {
    return is_mapped(bytes) ? map_pages(bytes) : std::aligned_alloc(64, rounded_up(bytes, 64));
}

void system_release(void* block, std::size_t bytes) noexcept {
    if (is_mapped(bytes))
        munmap(block, rounded_up(bytes, page()));
    else
        std::free(block);
}

void copy(Queue& /*queue*/, void* to, const void* from, std::size_t bytes) {
    if (bytes > 0) std::memmove(to, from, bytes);  // nothing may lie nowhere
}

void fill_zero(Queue& /*queue*/, void* to, std::size_t bytes) {
    if (bytes > 0) std::memset(to, 0, bytes);
}

void copy_in(Queue& /*queue*/, void* device, const void* host, std::size_t bytes) {
    if (bytes > 0) std::memcpy(device, host, bytes);
}

void copy_out(Queue& /*queue*/, void* host, const void* device, std::size_t bytes) {
    if (bytes > 0) std::memcpy(host, device, bytes);
}

}  // namespace protolith::kernels::cpu
