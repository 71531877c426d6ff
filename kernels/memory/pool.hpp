// A caching pool of device memory: a freed block is kept and given again, so that a steady training step allocates
// nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

namespace protolith::kernels {

enum class Backend : std::uint8_t { cpu, cuda };

/// Bytes of a pool: in use, held (in use and cached), and the most that ever were in use and held.
struct PoolUse {
    std::size_t live = 0, held = 0, peak_live = 0, peak_held = 0;
};

class Pool {
  public:
    explicit Pool(Backend backend) : backend_(backend) {}
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// At least `bytes` bytes, aligned for any vector unit, with undefined contents. Throws std::bad_alloc when neither
    /// the cache nor the device has them.
    void* allocate(std::size_t bytes);
    /// Takes back what allocate(bytes) gave.
    void release(void* block, std::size_t bytes) noexcept;

    const PoolUse& use() const noexcept { return use_; }
    /// Starts the high-water marks anew from what is in use now.
    void reset_peak() noexcept;
    /// Gives every cached block back to the system.
    void trim() noexcept;

  private:
    void* from_system(std::size_t bytes);
    void to_system(void* block, std::size_t bytes) noexcept;

    Backend backend_;
    PoolUse use_;
    std::multimap<std::size_t, void*> cached_;  // by size
    std::map<void*, std::size_t> given_;        // sizes of the blocks in use
};

}  // namespace protolith::kernels
