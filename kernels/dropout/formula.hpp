// What dropout does to one element, for both backends.
#pragma once

#include "dropout/dropout.hpp"

namespace protolith::kernels {

/// Added to a layer's stream in the third word of the counter: dropout's half of the streams.
constexpr std::uint32_t dropout_stream = 0x80000000u;

/// 1/(1 − p) for p = threshold · 2⁻¹⁶.
template <class A>
PROTOLITH_HOST_DEVICE A dropout_scale(std::uint32_t threshold) {
    return A{65536} / static_cast<A>(65536 - threshold);
}

/// x/(1 − p) where the element's 16 bits let it stay, else 0.
template <class A>
PROTOLITH_HOST_DEVICE A dropped(A x, std::uint16_t bits, std::uint32_t threshold, A scale) {
    return bits >= threshold ? x * scale : A{0};
}

}  // namespace protolith::kernels
