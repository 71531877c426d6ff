// The few waves that a low-pass filter lets through, at the centres of the cells of an axis.
#pragma once

#include "elastic/low_pass.hpp"

#include <cstddef>
#include <vector>

namespace protolith::elastic {

/// cos 0, cos θ, …, cos Kθ, sin θ, …, sin Kθ with θ = 2π (i + ½)/n at the centres i of n equal cells of the box.
/// Cosines are even about its middle, sines odd, so half of the table serves both halves.
template <class T>
struct WaveTable {
    std::size_t cells = 0, highest = 0;  ///< n, K
    std::vector<T> even;                 ///< ((n + 1)/2, K + 1)
    std::vector<T> odd;                  ///< (n/2, K)

    WaveTable() = default;
    WaveTable(std::size_t cells, std::size_t highest);
    /// 2K + 1: cosines first.
    std::size_t waves() const noexcept { return 2 * highest + 1; }
    /// Wave number of wave b.
    std::size_t number(std::size_t b) const noexcept { return b <= highest ? b : b - highest; }
    /// Waves of one wave number in a synthesis: a cosine or sine stands for two complex waves.
    double multiplicity(std::size_t b) const noexcept { return number(b) > 0 ? 2 : 1; }
    /// Wave b at cell i.
    T value(std::size_t i, std::size_t b) const noexcept;
};

/// The highest wave number along an axis of length `side` (in widths) that passes: within the filter's band and below
/// Nyquist's, where the sine is no wave any more.
std::size_t highest_wave(const LowPass& filter, double side, std::size_t cells);

extern template struct WaveTable<float>;
extern template struct WaveTable<double>;

}  // namespace protolith::elastic
