#include "simt/shared_memory.hpp"

#include "simt/simt.hpp"

#include <algorithm>
#include <string>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) static_cast<void>(0)
#define ASAN_UNPOISON_MEMORY_REGION(address, size) static_cast<void>(0)
#endif

namespace simt {
namespace {

constexpr unsigned char not_a_number = 0xff;  // in all bytes: NaN in float32, bfloat16 and float64
constexpr unsigned char guard_byte = 0xa5;
constexpr std::size_t alignment = 64;

std::size_t rounded_up(std::size_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

}  // namespace

SharedMemory::SharedMemory() : memory_(512 << 10), align_(0) {
    align_ = (alignment - reinterpret_cast<std::uintptr_t>(memory_.data()) % alignment) % alignment;
}

void SharedMemory::start_block(std::size_t dynamic, std::size_t limit) {
    ASAN_UNPOISON_MEMORY_REGION(memory_.data(), memory_.size());
    std::fill_n(memory_.begin() + static_cast<std::ptrdiff_t>(align_), std::max(end_, guard + dynamic + guard),
                not_a_number);
    arrays_.clear();
    dynamic_bytes_ = dynamic;
    static_bytes_ = 0;
    limit_ = limit;
    lay_guard(0);
    lay_guard(guard + dynamic);
    end_ = guard + rounded_up(dynamic + guard);
}

void SharedMemory::lay_guard(std::size_t offset) {
    std::fill_n(const_cast<unsigned char*>(at(offset)), guard, guard_byte);
    ASAN_POISON_MEMORY_REGION(at(offset), guard);
}

void* SharedMemory::array(const void* key, std::size_t bytes, const std::source_location& site) {
    for (const auto& known : arrays_)
        if (known.key == key) return const_cast<unsigned char*>(at(known.begin));
    const std::size_t begin = end_;
    static_bytes_ += bytes;
    if (static_bytes_ > 48 << 10 || static_bytes_ + dynamic_bytes_ > limit_)
        throw Error(std::string(site.file_name()) + ":" + std::to_string(site.line()) + ": more shared memory (" +
                    std::to_string(static_bytes_) + " bytes static, " + std::to_string(dynamic_bytes_) +
                    " dynamic) than a block can have");
    std::fill_n(const_cast<unsigned char*>(at(begin)), bytes, not_a_number);
    lay_guard(begin + bytes);
    end_ = begin + rounded_up(bytes + guard);
    arrays_.push_back({key, begin, bytes, site});
    return const_cast<unsigned char*>(at(begin));
}

void SharedMemory::require_guard(std::size_t offset, const std::source_location& site) const {
    ASAN_UNPOISON_MEMORY_REGION(at(offset), guard);
    if (std::all_of(at(offset), at(offset) + guard, [](unsigned char byte) { return byte == guard_byte; })) return;
    throw Error(std::string(site.file_name()) + ":" + std::to_string(site.line()) +
                ": a write outside of this shared memory");
}

void SharedMemory::check_guards() const {
    const auto launch = std::source_location::current();
    require_guard(0, launch);
    require_guard(guard + dynamic_bytes_, launch);
    for (const auto& array : arrays_) require_guard(array.begin + array.bytes, array.site);
}

}  // namespace simt
