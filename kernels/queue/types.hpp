// Element types of device memory: float32, bfloat16 (operands and stored activations), float64 (tests).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

// A formula that host loops and device kernels share stands once, marked so.
#if defined(__CUDACC__)
#define PROTOLITH_HOST_DEVICE __host__ __device__ inline
#else
#define PROTOLITH_HOST_DEVICE inline
#endif

namespace protolith::kernels {

enum class DataType : std::uint8_t { float32, bfloat16, float64 };

/// The upper half of a float32: 8 bits of exponent, 7 of mantissa. Arithmetic is done in float32.
struct bfloat16 {
    std::uint16_t bits;

    bfloat16() = default;
    /// Rounds to nearest, ties to even; NaN stays NaN.
    PROTOLITH_HOST_DEVICE bfloat16(float value);
    PROTOLITH_HOST_DEVICE operator float() const;
};

PROTOLITH_HOST_DEVICE bfloat16::bfloat16(float value) {
#if defined(__CUDA_ARCH__)  // one instruction instead of seven; its NaN has other bits
    asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(bits) : "f"(value));
#else
    std::uint32_t word;
    memcpy(&word, &value, sizeof word);
    const bool nan = (word & 0x7fffffffu) > 0x7f800000u;
    word += 0x7fffu + ((word >> 16) & 1u);
    bits = nan ? std::uint16_t{0x7fc0} : static_cast<std::uint16_t>(word >> 16);
#endif
}

PROTOLITH_HOST_DEVICE bfloat16::operator float() const {
    const std::uint32_t word = static_cast<std::uint32_t>(bits) << 16;
    float value;
    memcpy(&value, &word, sizeof value);
    return value;
}

/// The type in which sums, norms and master weights of T are kept: float32 for bfloat16, else T itself.
template <class T>
struct Accumulator {
    using type = T;
};
template <>
struct Accumulator<bfloat16> {
    using type = float;
};
template <class T>
using accumulator_t = typename Accumulator<T>::type;

template <class T>
constexpr DataType data_type_of();
template <>
constexpr DataType data_type_of<float>() {
    return DataType::float32;
}
template <>
constexpr DataType data_type_of<bfloat16>() {
    return DataType::bfloat16;
}
template <>
constexpr DataType data_type_of<double>() {
    return DataType::float64;
}

constexpr std::size_t size_of(DataType type) {
    return type == DataType::float32 ? 4 : type == DataType::bfloat16 ? 2 : 8;
}

}  // namespace protolith::kernels
