// Device memory of the stand-in: a range of addresses that only device work may touch. The host's own accesses fault,
// as they would with a GPU.
#pragma once

#include <cstddef>
#include <map>

namespace standin {

class Arena {
  public:
    Arena();

    /// Null when `limit` would be passed. The bytes are NaN in every type.
    void* allocate(std::size_t bytes);
    /// False for what was not allocated. Misuse where the bytes beyond the block were written to.
    bool release(void* block);
    /// The allocation in which the address lies; {nullptr, 0} without one.
    std::pair<const void*, std::size_t> find(const void* address) const;

    std::size_t used() const { return used_; }
    std::size_t limit() const { return limit_; }

  private:
    friend class DeviceAccess;
    struct Block {
        std::size_t asked, taken;  // bytes; `taken` with the guard behind
    };
    std::size_t place(std::size_t taken);
    void protect(int rights) const;

    unsigned char* base_;
    std::size_t limit_, used_ = 0, end_ = 0;  // `end_`: offset behind everything that was ever taken
    int access_ = 0;
    std::map<std::size_t, Block> blocks_;       // by offset
    std::map<std::size_t, std::size_t> holes_;  // offset, bytes
};

Arena& arena();

/// Device memory may be touched while one of these lives.
class DeviceAccess {
  public:
    DeviceAccess();
    ~DeviceAccess();
    DeviceAccess(const DeviceAccess&) = delete;
    DeviceAccess& operator=(const DeviceAccess&) = delete;
};

}  // namespace standin
