// Words of 1 to 16 bytes, the widest access there is: reading and writing neighbouring elements at once, and copies,
// which do not look at what they move.
#pragma once

#include "launch/launch.cuh"

#include <cstring>
#include <numeric>

namespace protolith::kernels::cuda {

template <std::size_t bytes>
struct WordOf;
template <>
struct WordOf<1> {
    using type = std::uint8_t;
};
template <>
struct WordOf<2> {
    using type = std::uint16_t;
};
template <>
struct WordOf<4> {
    using type = std::uint32_t;
};
template <>
struct WordOf<8> {
    using type = uint2;
};
template <>
struct WordOf<16> {
    using type = uint4;
};

/// Elements in 16 bytes.
template <class T>
constexpr int widest = static_cast<int>(16 / sizeof(T));

/// Whether accesses of `bytes` bytes may start at each of the pointers.
template <class... Pointers>
bool aligned(std::size_t bytes, const Pointers*... pointers) {
    return ((reinterpret_cast<std::uintptr_t>(pointers) % bytes == 0) && ...);
}

/// Elements of one access when `count` neighbours are wanted.
template <int count, class T>
constexpr int in_one_access = count < widest<T> ? count : widest<T>;

/// to = the `count` elements from `from`, which is a multiple of their bytes or of 16.
template <int count, class T>
__device__ void read(const T* from, T (&to)[count]) {
    constexpr int piece = in_one_access<count, T>;
    using Word = typename WordOf<piece * sizeof(T)>::type;
    for (int k = 0; k < count; k += piece) {
#if defined(PROTOLITH_SIMT)
        ::simt::require_aligned(from + k, sizeof(Word));
        std::memcpy(to + k, from + k, sizeof(Word));
#else
        const Word word = *reinterpret_cast<const Word*>(from + k);
        memcpy(to + k, &word, sizeof(Word));
#endif
    }
}

/// The same towards memory.
template <int count, class T>
__device__ void write(const T (&from)[count], T* to) {
    constexpr int piece = in_one_access<count, T>;
    using Word = typename WordOf<piece * sizeof(T)>::type;
    for (int k = 0; k < count; k += piece) {
#if defined(PROTOLITH_SIMT)
        ::simt::require_aligned(to + k, sizeof(Word));
        std::memcpy(to + k, from + k, sizeof(Word));
#else
        Word word;
        memcpy(&word, from + k, sizeof(Word));
        *reinterpret_cast<Word*>(to + k) = word;
#endif
    }
}

/// Bytes of the widest word that divides all `sizes` (in bytes) and to which both arrays are aligned.
template <class... Sizes>
std::int64_t widest_word(const void* a, const void* b, Sizes... sizes) {
    std::int64_t bytes = 16;
    ((bytes = std::gcd(bytes, static_cast<std::int64_t>(sizes))), ...);
    const auto is_aligned = [&](const void* p) { return reinterpret_cast<std::uintptr_t>(p) % bytes == 0; };
    while (!is_aligned(a) || !is_aligned(b)) bytes /= 2;
    return bytes;
}

/// Calls call.operator()<Word>() with the word of `bytes` bytes.
template <class Call>
void with_word(std::int64_t bytes, Call&& call) {
    switch (bytes) {
        case 16:
            return call.template operator()<WordOf<16>::type>();
        case 8:
            return call.template operator()<WordOf<8>::type>();
        case 4:
            return call.template operator()<WordOf<4>::type>();
        case 2:
            return call.template operator()<WordOf<2>::type>();
        default:
            return call.template operator()<WordOf<1>::type>();
    }
}

}  // namespace protolith::kernels::cuda
