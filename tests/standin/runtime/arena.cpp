#include "standin/runtime/arena.hpp"

#include "standin/runtime/runtime.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) static_cast<void>(0)
#define ASAN_UNPOISON_MEMORY_REGION(address, size) static_cast<void>(0)
#endif

namespace standin {
namespace {

constexpr std::size_t reserved = std::size_t{64} << 30;  // addresses, not memory
constexpr std::size_t default_limit = std::size_t{4} << 30;
constexpr std::size_t alignment = 512, guard = 512;  // cudaMalloc aligns to at least 256
constexpr unsigned char guard_byte = 0xa5, not_a_number = 0xff;

struct sigaction previous_action;
const unsigned char* arena_begin = nullptr;

/// Says what happened, then leaves the fault to whoever handled it before.
void on_fault(int /*signal*/, siginfo_t* info, void* /*context*/) {
    const auto* address = static_cast<const unsigned char*>(info->si_addr);
    if (address >= arena_begin && address < arena_begin + reserved) {
        constexpr char text[] = "Host code touches device memory.\n";
        [[maybe_unused]] const auto written = write(STDERR_FILENO, text, sizeof text - 1);
    }
    sigaction(SIGSEGV, &previous_action, nullptr);
}

std::size_t memory_limit() {
    const char* text = std::getenv("PROTOLITH_STANDIN_MEMORY");
    return text ? std::strtoull(text, nullptr, 10) : default_limit;
}

}  // namespace

Arena& arena() {
    static Arena* const only = new Arena;  // never gone: pools may give memory back at the very end
    return *only;
}

Arena::Arena() : limit_(std::min(memory_limit(), reserved / 2)) {
    void* const address = mmap(nullptr, reserved, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (address == MAP_FAILED) throw std::bad_alloc();
    base_ = static_cast<unsigned char*>(address);
    madvise(base_, reserved, MADV_HUGEPAGE);  // fewer entries to change whenever the rights do
    arena_begin = base_;
    struct sigaction action {};
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &action, &previous_action);
}

void Arena::protect(int rights) const {
    if (end_ > 0 && mprotect(base_, end_, rights) != 0) throw Misuse("mprotect of the device memory failed");
}

std::size_t Arena::place(std::size_t taken) {
    for (auto hole = holes_.begin(); hole != holes_.end(); ++hole) {
        if (hole->second < taken) continue;
        const auto [offset, bytes] = *hole;
        holes_.erase(hole);
        if (bytes > taken) holes_.emplace(offset + taken, bytes - taken);
        return offset;
    }
    constexpr std::size_t page = std::size_t{2} << 20;
    const std::size_t offset = end_, wanted = offset + taken;
    end_ = (wanted + page - 1) / page * page;
    if (end_ > wanted) holes_.emplace(wanted, end_ - wanted);
    return offset;
}

void* Arena::allocate(std::size_t bytes) {
    if (bytes == 0 || bytes > limit_ || used_ + bytes > limit_) return nullptr;
    const std::size_t taken = (bytes + guard + alignment - 1) / alignment * alignment;
    const std::size_t offset = place(taken);
    used_ += bytes;
    blocks_[offset] = {bytes, taken};
    if (access_ > 0) protect(PROT_READ | PROT_WRITE);  // the end may have moved
    const DeviceAccess access;
    ASAN_UNPOISON_MEMORY_REGION(base_ + offset, taken);
    std::memset(base_ + offset, not_a_number, bytes);
    std::memset(base_ + offset + bytes, guard_byte, taken - bytes);
    ASAN_POISON_MEMORY_REGION(base_ + offset + bytes, taken - bytes);
    return base_ + offset;
}

bool Arena::release(void* block) {
    const auto offset = static_cast<std::size_t>(static_cast<unsigned char*>(block) - base_);
    const auto found = blocks_.find(offset);
    if (found == blocks_.end()) return false;
    const auto [asked, taken] = found->second;
    blocks_.erase(found);
    used_ -= asked;
    bool clean = true;
    {
        const DeviceAccess access;
        ASAN_UNPOISON_MEMORY_REGION(base_ + offset, taken);
        for (std::size_t i = asked; i < taken; ++i) clean = clean && base_[offset + i] == guard_byte;
        ASAN_POISON_MEMORY_REGION(base_ + offset, taken);
    }
    auto hole = holes_.emplace(offset, taken).first;
    if (const auto next = std::next(hole); next != holes_.end() && hole->first + hole->second == next->first) {
        hole->second += next->second;
        holes_.erase(next);
    }
    if (hole != holes_.begin())
        if (const auto before = std::prev(hole); before->first + before->second == hole->first) {
            before->second += hole->second;
            holes_.erase(hole);
        }
    if (!clean) throw Misuse("device memory: written beyond a block of " + std::to_string(asked) + " bytes");
    return true;
}

std::pair<const void*, std::size_t> Arena::find(const void* address) const {
    const auto* const byte = static_cast<const unsigned char*>(address);
    if (byte < base_ || byte >= base_ + end_) return {nullptr, 0};
    const auto offset = static_cast<std::size_t>(byte - base_);
    auto after = blocks_.upper_bound(offset);
    if (after == blocks_.begin()) return {nullptr, 0};
    --after;
    if (offset >= after->first + after->second.asked) return {nullptr, 0};
    return {base_ + after->first, after->second.asked};
}

DeviceAccess::DeviceAccess() {
    if (arena().access_++ == 0) arena().protect(PROT_READ | PROT_WRITE);
}

DeviceAccess::~DeviceAccess() {
    if (--arena().access_ == 0) arena().protect(PROT_NONE);
}

}  // namespace standin
