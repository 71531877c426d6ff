// Accesses of 16 bytes: as many elements as fit, loaded and stored as one.
#pragma once

#include "launch/launch.cuh"

#include <cstdint>
#include <cstring>

namespace protolith::kernels::cuda {

/// Four floats, eight bfloat16, two doubles.
template <class T>
struct alignas(16) Packed {
    static constexpr int size = static_cast<int>(16 / sizeof(T));
    T values[size];

    __device__ T& operator[](int i) { return values[i]; }
    __device__ const T& operator[](int i) const { return values[i]; }
};

/// All addresses are multiples of 16 bytes; null counts as one.
template <class... Pointers>
bool aligned_16(const Pointers*... pointers) {
    return ((reinterpret_cast<std::uintptr_t>(pointers) % 16 == 0) && ...);
}

template <class T>
__device__ Packed<T> load_packed(const T* from) {
    Packed<T> values;
#if defined(PROTOLITH_SIMT)
    ::simt::require_aligned(from, 16);
    std::memcpy(&values, from, 16);
#else
    const uint4 word = *reinterpret_cast<const uint4*>(from);
    memcpy(&values, &word, 16);
#endif
    return values;
}

template <class T>
__device__ void store_packed(T* to, const Packed<T>& values) {
#if defined(PROTOLITH_SIMT)
    ::simt::require_aligned(to, 16);
    std::memcpy(to, &values, 16);
#else
    uint4 word;
    memcpy(&word, &values, 16);
    *reinterpret_cast<uint4*>(to) = word;
#endif
}

}  // namespace protolith::kernels::cuda
