// The formulas of clipping and of the look for what is not finite.
#pragma once

#include "queue/types.hpp"

#include <cmath>
#include <type_traits>

namespace protolith::kernels::formula {

/// What gradients are multiplied by where it is below 1 (or NaN): 1e-6 keeps it finite at norm 0.
PROTOLITH_HOST_DEVICE double clip_factor(double squared_norm, double limit) {
    return limit / (std::sqrt(squared_norm) + 1e-6);
}

/// A word as wide as T.
template <class T>
using exponent_t =
    std::conditional_t<sizeof(T) == 8, std::uint64_t, std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint16_t>>;

/// Whether x is NaN or infinite: all bits of the exponent are set in these alone. Compilers that assume finite
/// mathematics cannot take it away.
template <class T>
PROTOLITH_HOST_DEVICE bool is_non_finite(const T& x) {
    constexpr exponent_t<T> exponent = sizeof(T) == 8   ? static_cast<exponent_t<T>>(0x7ff0000000000000)
                                       : sizeof(T) == 4 ? static_cast<exponent_t<T>>(0x7f800000)
                                                        : static_cast<exponent_t<T>>(0x7f80);
    exponent_t<T> bits;
    memcpy(&bits, &x, sizeof bits);
    return (bits & exponent) == exponent;
}

}  // namespace protolith::kernels::formula
