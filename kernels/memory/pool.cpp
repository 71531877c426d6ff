#include "memory/pool.hpp"

#include "memory/system.hpp"

#include <algorithm>

namespace protolith::kernels {
namespace {

/// Sizes in steps of at most an eighth, so that a cached block serves nearly equal requests.
std::size_t rounded(std::size_t bytes) {
    std::size_t step = 64;
    while (step * 16 <= bytes) step *= 2;
    return std::max<std::size_t>((bytes + step - 1) / step * step, 64);
}

std::string mebibytes(std::size_t bytes) { return std::to_string((bytes + (std::size_t{1} << 20) - 1) >> 20) + " MiB"; }

}  // namespace

OutOfDeviceMemory::OutOfDeviceMemory(std::size_t asked, const PoolUse& use)
    : text_("out of GPU memory: " + mebibytes(asked) + " more beside the " + mebibytes(use.live) +
            " in use (run on more GPUs, or take a smaller batch or network; --check tells what is needed)") {}

Pool::~Pool() { trim(); }

void* Pool::allocate(std::size_t bytes) {
    const std::size_t size = rounded(bytes);
    void* block = nullptr;
    std::size_t got = size;
    // a cached block may be larger by an eighth; beyond that it is kept for its own size
    if (auto it = cached_.lower_bound(size); it != cached_.end() && it->first <= size + size / 8) {
        got = it->first;
        block = it->second.block;
        cached_.erase(it);
    } else {
        make_room(size);
        block = from_system(size);
        if (!block) {
            trim();
            block = from_system(size);
        }
        if (!block && backend_ == Backend::cuda) throw OutOfDeviceMemory(size, use_);
        if (!block) throw std::bad_alloc();
        use_.held += size;
    }
    given_.emplace(block, got);
    use_.live += got;
    most_ = std::max(most_, use_.live);
    use_.peak_live = std::max(use_.peak_live, use_.live);
    use_.peak_held = std::max(use_.peak_held, use_.held);
    return block;
}

void Pool::release(void* block, std::size_t /*bytes*/) noexcept {
    const auto it = given_.find(block);
    if (it == given_.end()) return;
    use_.live -= it->second;
    cached_.emplace(it->second, Cached{block, releases_++});
    given_.erase(it);
}

void Pool::reset_peak() noexcept {
    use_.peak_live = use_.live;
    use_.peak_held = use_.held;
}

void Pool::trim() noexcept {
    while (!cached_.empty()) drop(cached_.begin());
}

void Pool::drop(Cache::iterator entry) noexcept {
    to_system(entry->second.block, entry->first);
    use_.held -= entry->first;
    cached_.erase(entry);
}

void Pool::make_room(std::size_t bytes) noexcept {
    const std::size_t most = std::max(most_, use_.live + bytes), limit = most + most / 8;
    const auto older = [](const auto& a, const auto& b) { return a.second.freed < b.second.freed; };
    while (!cached_.empty() && use_.held + bytes > limit) drop(std::min_element(cached_.begin(), cached_.end(), older));
}

void* Pool::from_system(std::size_t bytes) {
#if defined(PROTOLITH_CUDA)
    if (backend_ == Backend::cuda) return cuda::system_allocate(bytes);
#endif
    return cpu::system_allocate(bytes);
}

void Pool::to_system(void* block, std::size_t bytes) noexcept {
#if defined(PROTOLITH_CUDA)
    if (backend_ == Backend::cuda) return cuda::system_release(block, bytes);
#endif
    cpu::system_release(block, bytes);
}

}  // namespace protolith::kernels
