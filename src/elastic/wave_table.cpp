#include "elastic/wave_table.hpp"

#include <cmath>
#include <numbers>

namespace protolith::elastic {

template <class T>
WaveTable<T>::WaveTable(std::size_t n, std::size_t k) : cells(n), highest(k) {
    for (std::size_t i = 0; i < (cells + 1) / 2; ++i) {
        const double theta = 2 * std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(cells);
        for (std::size_t wave = 0; wave <= highest; ++wave)
            even.push_back(static_cast<T>(std::cos(static_cast<double>(wave) * theta)));
        if (i >= cells / 2) continue;
        for (std::size_t wave = 1; wave <= highest; ++wave)
            odd.push_back(static_cast<T>(std::sin(static_cast<double>(wave) * theta)));
    }
}

template <class T>
T WaveTable<T>::value(std::size_t i, std::size_t b) const noexcept {
    const bool second_half = i >= (cells + 1) / 2;
    const std::size_t place = second_half ? cells - 1 - i : i;
    if (b <= highest) return even[place * (highest + 1) + b];
    if (place >= cells / 2) return T(0);  // the middle of an odd number of cells
    const T sine = odd[place * highest + b - highest - 1];
    return second_half ? -sine : sine;
}

std::size_t highest_wave(const LowPass& filter, double side, std::size_t cells) {
    const std::size_t nyquist = (cells - 1) / 2;
    std::size_t highest = 0;
    while (highest < nyquist && filter.weight(static_cast<double>(highest + 1) / side) > 0) ++highest;
    return highest;
}

template struct WaveTable<float>;
template struct WaveTable<double>;

}  // namespace protolith::elastic
