#include "memory/pool.hpp"

#include "memory/system.hpp"

#include <algorithm>
#include <iterator>
#include <new>

namespace protolith::kernels {
namespace {

/// Sizes in steps of at most an eighth, so that a cached block serves nearly equal requests.
std::size_t rounded(std::size_t bytes) {
    std::size_t step = 64;
    while (step * 16 <= bytes) step *= 2;
    return std::max<std::size_t>((bytes + step - 1) / step * step, 64);
}

std::string mebibytes(std::size_t bytes) { return std::to_string((bytes + (std::size_t{1} << 20) - 1) >> 20) + " MiB"; }

// Blocks that may be cut, and what may be cut from them: enough that the rest is worth keeping, and not so little that
// it holds much more than itself back from its own use.
constexpr std::size_t largest_cut = std::size_t{32} << 20, smallest_part = std::size_t{64} << 10, most_parts = 16;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool cuts = false;  // AddressSanitizer guards the ends of whole blocks
#else
constexpr bool cuts = true;
#endif

}  // namespace

OutOfDeviceMemory::OutOfDeviceMemory(std::size_t asked, const PoolUse& use)
    : text_("out of GPU memory: " + mebibytes(asked) + " more beside the " + mebibytes(use.live) +
            " in use (run on more GPUs, or take a smaller batch or network; --check tells what is needed)") {}

Pool::~Pool() { trim(); }

void* Pool::allocate(std::size_t bytes) {
    const std::size_t size = rounded(bytes);
    std::byte* block = take_cached(size);
    if (!block) {
        make_room(size);
        block = static_cast<std::byte*>(from_system(size));
        if (!block && gives_back_) {
            trim();
            block = static_cast<std::byte*>(from_system(size));
        }
        if (!block && backend_ == Backend::cuda) throw OutOfDeviceMemory(size, use_);
        if (!block) throw std::bad_alloc();
        use_.held += size;
        pieces_.emplace(block, Piece{size, block, size, true, 0});
    }
    use_.live += pieces_.at(block).size;
    most_ = std::max(most_, use_.live);
    use_.peak_live = std::max(use_.peak_live, use_.live);
    use_.peak_held = std::max(use_.peak_held, use_.held);
    return block;
}

std::byte* Pool::take_cached(std::size_t size) {
    const auto found = cached_.lower_bound({size, 0});
    if (found == cached_.end()) return nullptr;
    std::byte* block = found->second;
    // a block that is larger by more than an eighth is kept for its own size while the pool may grow, then cut
    const bool close = found->first.first <= size + size / 8;
    const bool fit = cuts && size >= smallest_part && found->first.first <= std::min(largest_cut, size * most_parts);
    if (!close && (!fit || use_.held + size <= limit(size))) return nullptr;
    Piece& piece = pieces_.at(block);
    cached_.erase(found);
    if (!close) {
        std::byte* rest = block + size;
        cache(pieces_.emplace(rest, Piece{piece.size - size, piece.whole, piece.whole_size, false, piece.freed}).first);
        piece.size = size;
    }
    piece.given = true;
    return block;
}

void Pool::release(void* block, std::size_t /*bytes*/) noexcept {
    auto piece = pieces_.find(static_cast<std::byte*>(block));
    if (piece == pieces_.end() || !piece->second.given) return;
    use_.live -= piece->second.size;
    piece->second.given = false;
    piece->second.freed = releases_++;
    if (const auto next = std::next(piece); next != pieces_.end() && joins(piece->second, next->second)) {
        uncache(next);
        piece->second.size += next->second.size;
        pieces_.erase(next);
    }
    if (piece != pieces_.begin() && joins(piece->second, std::prev(piece)->second)) {
        const auto previous = std::prev(piece);
        uncache(previous);
        previous->second.size += piece->second.size;
        previous->second.freed = piece->second.freed;
        pieces_.erase(piece);
        piece = previous;
    }
    cache(piece);
}

bool Pool::joins(const Piece& freed, const Piece& neighbour) {
    return !neighbour.given && neighbour.whole == freed.whole;
}

void Pool::cache(Pieces::iterator piece) {
    cached_.emplace(Place{piece->second.size, ~piece->second.freed}, piece->first);
}

void Pool::uncache(Pieces::iterator piece) noexcept { cached_.erase({piece->second.size, ~piece->second.freed}); }

void Pool::reset_peak() noexcept {
    use_.peak_live = use_.live;
    use_.peak_held = use_.held;
}

void Pool::trim() noexcept {
    for (auto entry = cached_.begin(); entry != cached_.end();) {
        const auto piece = pieces_.find((entry++)->second);
        if (piece->second.size == piece->second.whole_size) drop(piece);
    }
}

void Pool::drop(Pieces::iterator piece) noexcept {
    uncache(piece);
    to_system(piece->first, piece->second.size);
    use_.held -= piece->second.size;
    pieces_.erase(piece);
}

bool Pool::drop_oldest() noexcept {
    auto oldest = pieces_.end();
    for (const auto& entry : cached_) {
        const auto piece = pieces_.find(entry.second);
        if (piece->second.size != piece->second.whole_size) continue;
        if (oldest == pieces_.end() || piece->second.freed < oldest->second.freed) oldest = piece;
    }
    if (oldest == pieces_.end()) return false;
    drop(oldest);
    return true;
}

std::size_t Pool::limit(std::size_t bytes) const noexcept {
    const std::size_t most = std::max(most_, use_.live + bytes);
    return most + most / 8;
}

void Pool::make_room(std::size_t bytes) noexcept {
    while (gives_back_ && use_.held + bytes > limit(bytes) && drop_oldest()) {
    }
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
