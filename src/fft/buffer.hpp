// Memory for transforms: aligned as FFTW's SIMD code wants it, freed by its owner, zero-filled on creation.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>

namespace protolith::fft {

/// Alignment in bytes of every buffer: a cache line, which is also the widest SIMD register.
inline constexpr std::size_t buffer_alignment = 64;

/// Owns `size` elements of a trivial type (float, double or a complex of them).
template <class T>
class Buffer {
  public:
    Buffer() = default;
    explicit Buffer(std::size_t size) : data_(allocate(size)), size_(size) {
        std::uninitialized_value_construct_n(data_.get(), size);
    }
    /// Memory that nobody has touched yet, for what is overwritten anyway.
    static Buffer uninitialised(std::size_t size) {
        Buffer buffer;
        buffer.data_.reset(allocate(size));
        buffer.size_ = size;
        return buffer;
    }

    std::size_t size() const noexcept { return size_; }
    T* data() noexcept { return data_.get(); }
    const T* data() const noexcept { return data_.get(); }
    T* begin() noexcept { return data(); }
    T* end() noexcept { return data() + size_; }
    const T* begin() const noexcept { return data(); }
    const T* end() const noexcept { return data() + size_; }
    T& operator[](std::size_t i) noexcept { return data_.get()[i]; }
    const T& operator[](std::size_t i) const noexcept { return data_.get()[i]; }

  private:
    struct Release {
        void operator()(T* p) const noexcept { ::operator delete[](p, std::align_val_t{buffer_alignment}); }
    };
    static T* allocate(std::size_t size) {
        return static_cast<T*>(
            ::operator new[](std::max<std::size_t>(size, 1) * sizeof(T), std::align_val_t{buffer_alignment}));
    }

    std::unique_ptr<T[], Release> data_;
    std::size_t size_ = 0;
};

}  // namespace protolith::fft
