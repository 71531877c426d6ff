// A caching pool of device memory: a freed block is kept and given again, so that a steady training step allocates
// next to nothing. What is kept stays near what was ever in use at once: sizes that a step no longer asks for make room
// for those that it does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <new>
#include <string>

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
    explicit Pool(Backend backend) : backend_(backend) {}
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
    struct Cached {
        void* block;
        std::uint64_t freed;  // counts releases
    };
    using Cache = std::multimap<std::size_t, Cached>;  // by size

    void* from_system(std::size_t bytes);
    void to_system(void* block, std::size_t bytes) noexcept;
    void drop(Cache::iterator entry) noexcept;
    /// Gives cached blocks back, those longest unused first, until `bytes` more leave the pool near its most.
    void make_room(std::size_t bytes) noexcept;

    Backend backend_;
    PoolUse use_;
    std::size_t most_ = 0;  // bytes that ever were in use
    std::uint64_t releases_ = 0;
    Cache cached_;
    std::map<void*, std::size_t> given_;  // sizes of the blocks in use
};

}  // namespace protolith::kernels
