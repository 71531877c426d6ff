// Arrays of a test in a queue's memory: copied in, computed on, copied out. Their sizes are exact, so that accesses
// beyond them are seen.
#pragma once

#include "memory/system.hpp"
#include "queue/kernel.hpp"

#include <vector>

namespace protolith::kernels::testing {

/// Device memory with `count` elements; undefined (NaN on the stand-ins) until written to.
template <class T>
class DeviceArray {
  public:
    DeviceArray(Queue& queue, std::int64_t count) : queue_(queue), count_(static_cast<std::size_t>(count)) {
        data_ = static_cast<T*>(cuda::system_allocate(bytes()));
    }
    DeviceArray(Queue& queue, const std::vector<T>& values)
        : DeviceArray(queue, static_cast<std::int64_t>(values.size())) {
        cuda::copy_in(queue, data_, values.data(), bytes());
    }
    ~DeviceArray() { cuda::system_release(data_, bytes()); }
    DeviceArray(const DeviceArray&) = delete;
    DeviceArray& operator=(const DeviceArray&) = delete;

    T* data() const { return data_; }
    std::vector<T> values() const {
        std::vector<T> host(count_);
        cuda::copy_out(queue_, host.data(), data_, bytes());
        return host;
    }

  private:
    std::size_t bytes() const { return count_ * sizeof(T); }

    Queue& queue_;
    std::size_t count_;
    T* data_;
};

}  // namespace protolith::kernels::testing
