// A caching pool of device memory: a freed block is kept and given again, so that a steady training step allocates
// next to nothing. What is kept stays near what was ever in use at once: blocks of sizes that a step does not ask for
// now are cut for those that it does, or make room for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <new>
#include <string>
#include <utility>

namespace protolith::kernels {

enum class Backend : std::uint8_t { cpu, cuda };

/// Bytes of a pool: in use, held (in use and cached), and the most that ever were in use and held.
struct PoolUse {
    std::size_t live = 0, held = 0, peak_live = 0, peak_held = 0;
};

/// A GPU's memory does not suffice; says how much was asked for beside what.
struct OutOfDeviceMemory : std::bad_alloc {
    OutOfDeviceMemory(std::size_t asked, const PoolUse& use);
    const char* what() const noexcept override { return text_.c_str(); }

  private:
    std::string text_;
};

class Pool {
  public:
    /// `gives_back` false: nothing goes back to the system while the pool lives (a graph that was captured goes on
    /// using what was released while it was).
    explicit Pool(Backend backend, bool gives_back = true) : backend_(backend), gives_back_(gives_back) {}
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// At least `bytes` bytes, aligned for any vector unit, with undefined contents. Throws std::bad_alloc (on a GPU
    /// OutOfDeviceMemory) when neither the cache nor the device has them.
    void* allocate(std::size_t bytes);
    /// Takes back what allocate(bytes) gave.
    void release(void* block, std::size_t bytes) noexcept;

    const PoolUse& use() const noexcept { return use_; }
    /// Starts the high-water marks anew from what is in use now.
    void reset_peak() noexcept;
    /// Gives every cached block back to the system.
    void trim() noexcept;

  private:
    /// A part of a block of the system's, or all of it; the parts lie side by side.
    struct Piece {
        std::size_t size;
        std::byte* whole;
        std::size_t whole_size;
        bool given;
        std::uint64_t freed;  // counts releases
    };
    using Pieces = std::map<std::byte*, Piece>;  // by address
    /// By size; of one size what was used last comes first, while it is in the processor's caches.
    using Place = std::pair<std::size_t, std::uint64_t>;  // size, ~freed

    /// Null when no cached block serves.
    std::byte* take_cached(std::size_t size);
    static bool joins(const Piece& freed, const Piece& neighbour);
    void cache(Pieces::iterator piece);
    void uncache(Pieces::iterator piece) noexcept;
    void drop(Pieces::iterator piece) noexcept;
    /// Gives the cached block that is longest unused back to the system; false when there is none.
    bool drop_oldest() noexcept;
    void* from_system(std::size_t bytes);
    void to_system(void* block, std::size_t bytes) noexcept;
    /// What the pool may hold when `bytes` more are in use: near its most.
    std::size_t limit(std::size_t bytes) const noexcept;
    /// Gives cached blocks back, those longest unused first, until `bytes` more leave the pool within its limit.
    void make_room(std::size_t bytes) noexcept;

    Backend backend_;
    bool gives_back_;
    PoolUse use_;
    std::size_t most_ = 0;  // bytes that ever were in use
    std::uint64_t releases_ = 0;
    Pieces pieces_;
    std::map<Place, std::byte*> cached_;
};

}  // namespace protolith::kernels
