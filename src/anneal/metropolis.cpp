#include "anneal/metropolis.hpp"

#include <bit>

namespace protolith::anneal {

double exponential_variate(std::uint64_t word) {
    // u = (2k + 1) 2^-54 = m 2^e with m in [1/√2, √2); ln m = 2 artanh s, s = (m − 1)/(m + 1), |s| < 0.172.
    const double odd = static_cast<double>(word >> 11) + 0.5;
    const auto bits = std::bit_cast<std::uint64_t>(odd);
    constexpr std::uint64_t half_root = 0x3fe6a09e667f3bcdULL;  // 1/√2
    const auto exponent = static_cast<std::int64_t>(bits - half_root) >> 52;
    const double m = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(exponent) << 52));
    const double s = (m - 1.0) / (m + 1.0), q = s * s;
    double series = 1.0 / 19.0;
    for (int n = 17; n >= 1; n -= 2) series = series * q + 1.0 / n;
    constexpr double ln2 = 0.6931471805599453;
    return static_cast<double>(53 - exponent) * ln2 - 2.0 * s * series;
}

}  // namespace protolith::anneal
