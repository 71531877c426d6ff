// Lanes: values of independent fields lie side by side, as many as 64 bytes hold, so that one vector operation serves
// them all and no value ever crosses to its neighbour.
#pragma once

#include <cstddef>

namespace protolith::fft {

/// Bytes of one value of all lanes: a cache line and the widest SIMD register. Narrower registers take it in parts.
inline constexpr std::size_t lane_bytes = 64;

/// Fields side by side: 16 of float, 8 of double.
template <class T>
inline constexpr std::size_t lanes = lane_bytes / sizeof(T);

/// All lanes of one value as the compiler's vector, which may lie over plain values of its element type (GCC and
/// Clang); for texts that are compiled once per SIMD target.
template <class T>
struct LanePack;
template <>
struct LanePack<float> {
    typedef float V __attribute__((vector_size(64)));
};
template <>
struct LanePack<double> {
    typedef double V __attribute__((vector_size(64)));
};

}  // namespace protolith::fft
