// The shared memory of the block that runs: NaN at the block's start, with guards around every array.
#pragma once

#include <cstddef>
#include <source_location>
#include <vector>

namespace simt {

class SharedMemory {
  public:
    SharedMemory();

    /// A new block: forgets the static arrays and fills everything that the last block had with NaN. `limit` is what
    /// the device gives a block in all, `dynamic` the bytes that the launch asks for.
    void start_block(std::size_t dynamic, std::size_t limit);
    /// Throws Error where a guard was written to.
    void check_guards() const;

    void* dynamic_array() const { return dynamic_bytes_ > 0 ? const_cast<unsigned char*>(at(guard)) : nullptr; }
    /// The array named by `key`; it is laid out when it is first asked for.
    void* array(const void* key, std::size_t bytes, const std::source_location& site);

  private:
    static constexpr std::size_t guard = 64;
    struct Array {
        const void* key;
        std::size_t begin, bytes;
        std::source_location site;
    };
    const unsigned char* at(std::size_t offset) const { return memory_.data() + align_ + offset; }
    void lay_guard(std::size_t offset);
    void require_guard(std::size_t offset, const std::source_location& site) const;

    std::vector<unsigned char> memory_;
    std::size_t align_, dynamic_bytes_ = 0, static_bytes_ = 0, limit_ = 0, end_ = 0;
    std::vector<Array> arrays_;
};

}  // namespace simt
