// The exponential and what is made of it, without branches or calls, so that loops over them become vectors on every
// target: eˣ = 2ⁿ eʳ with |r| ≤ ln 2 / 2 and eʳ − 1 by its series. Errors stay below 2 eps. Doubles, which serve tests,
// take the mathematical library's functions.
#pragma once

#include "queue/types.hpp"

#include <cmath>

namespace protolith::kernels::formula {

/// eˣ = (1 + rest) · 2^power
struct Exponential {
    float rest;
    std::int32_t power;
};

/// 2ⁿ for n in [−126, 127].
PROTOLITH_HOST_DEVICE float power_of_two(std::int32_t n) {
    const std::uint32_t word = (static_cast<std::uint32_t>(n) + 127U) << 23;
    float value;
    memcpy(&value, &word, sizeof value);
    return value;
}

/// For x between `low` and `high`, where it is held; NaN stays NaN.
PROTOLITH_HOST_DEVICE Exponential reduced_exponential(float x, float low, float high) {
    const float held = x < low ? low : x > high ? high : x;
    constexpr float rounder = 12582912.0F;  // 1.5 · 2²³: added, it leaves a whole number in the lowest bits
    const float shifted = held * 1.44269504F + rounder;
    const float whole = shifted - rounder;
    std::uint32_t word;
    memcpy(&word, &shifted, sizeof word);
    const float r = (held - whole * 0.693359375F) + whole * 2.12194440e-4F;  // ln 2 in two parts, the first exact
    float series = 1.0F / 5040;
    series = series * r + 1.0F / 720;
    series = series * r + 1.0F / 120;
    series = series * r + 1.0F / 24;
    series = series * r + 1.0F / 6;
    series = series * r + 0.5F;
    return {series * r * r + r, static_cast<std::int32_t>(word - 0x4b400000U)};
}

/// Beyond [−104, 89] the result is 0 or infinity already. In two factors, so that neither overflows before the product.
PROTOLITH_HOST_DEVICE float exponential(float x) {
    const Exponential e = reduced_exponential(x, -104.0F, 89.0F);
    const std::int32_t half = e.power >> 1;
    return (1.0F + e.rest) * power_of_two(half) * power_of_two(e.power - half);
}

/// eˣ − 1 without cancellation, for x ≤ 0: it is −1 below −20.
PROTOLITH_HOST_DEVICE float exponential_less_one(float x) {
    const Exponential e = reduced_exponential(x, -20.0F, 0.0F);
    const float power = power_of_two(e.power);
    return power * e.rest + (power - 1.0F);
}

PROTOLITH_HOST_DEVICE float hyperbolic_tangent(float x) {
    const float e = exponential_less_one(-2.0F * std::abs(x));
    const float size = -e / (2.0F + e);
    return x < 0.0F ? -size : size;
}

PROTOLITH_HOST_DEVICE double exponential(double x) { return std::exp(x); }
PROTOLITH_HOST_DEVICE double exponential_less_one(double x) { return std::expm1(x); }
PROTOLITH_HOST_DEVICE double hyperbolic_tangent(double x) { return std::tanh(x); }

}  // namespace protolith::kernels::formula
