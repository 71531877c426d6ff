// Plain measurements on images, written for clarity: the tests compare simulated media with closed forms through them.
#pragma once

#include "volume/volume.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

namespace protolith::simulate::test {

/// Fraction of pairs at distance r along rows and columns (no wrapping) with both pixels in the phase.
inline double two_point(const PhaseVolume& image, std::size_t r) {
    const auto& e = image.extent();
    std::size_t hits = 0, pairs = 0;
    for (std::size_t z = 0; z < e.z; ++z)
        for (std::size_t y = 0; y < e.y; ++y)
            for (std::size_t x = 0; x + r < e.x; ++x, ++pairs) hits += image(z, y, x) & image(z, y, x + r);
    for (std::size_t z = 0; z < e.z; ++z)
        for (std::size_t y = 0; y + r < e.y; ++y)
            for (std::size_t x = 0; x < e.x; ++x, ++pairs) hits += image(z, y, x) & image(z, y + r, x);
    return static_cast<double>(hits) / static_cast<double>(pairs);
}

/// Fraction of placements of r + 1 pixels in a row (along rows, no wrapping) that lie wholly in the phase.
inline double lineal_path(const PhaseVolume& image, std::size_t r) {
    const auto& e = image.extent();
    std::size_t hits = 0;
    for (std::size_t line = 0; line < e.z * e.y; ++line) {
        std::size_t run = 0;
        for (std::size_t x = 0; x < e.x; ++x) {
            run = image[line * e.x + x] != 0 ? run + 1 : 0;
            hits += run > r ? 1 : 0;
        }
    }
    return static_cast<double>(hits) / static_cast<double>(e.z * e.y * (e.x - r));
}

/// Mean over independent items and its standard error.
struct Estimate {
    double mean = 0, error = 0;
};

template <class Measure>
Estimate over_items(std::uint32_t items, Measure&& measure) {
    double sum = 0, squares = 0;
    for (std::uint32_t item = 0; item < items; ++item) {
        const double value = measure(item);
        sum += value;
        squares += value * value;
    }
    const double n = items, mean = sum / n;
    return {mean, std::sqrt((squares / n - mean * mean) / (n - 1))};
}

inline std::size_t different_pixels(const PhaseVolume& a, const PhaseVolume& b) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i] ? 1 : 0;
    return count;
}

}  // namespace protolith::simulate::test
