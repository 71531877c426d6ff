// Test images for benchmarks: binary noise smoothed to grains of a given size, or left as it is.
#pragma once

#include "base/random.hpp"
#include "volume/volume.hpp"

#include <cstddef>
#include <vector>

namespace protolith::benchmarks {

/// White noise smoothed three times by a running mean of `width` (none for 1), thresholded at its mean: grains of that
/// size.
PhaseVolume grains(std::size_t n, std::size_t width) {
    RandomStream random(1, RandomPurpose::test, static_cast<std::uint32_t>(n));
    std::vector<float> field(n * n), smooth(n * n);
    for (float& v : field) v = static_cast<float>(random.uniform() - 0.5);
    const auto half = static_cast<std::ptrdiff_t>(width / 2), side = static_cast<std::ptrdiff_t>(n);
    for (int pass = 0; width > 1 && pass < 3; ++pass)
        for (const std::ptrdiff_t step : {std::ptrdiff_t{1}, side}) {
            const std::ptrdiff_t line = step == 1 ? side : 1;
            for (std::ptrdiff_t l = 0; l < side; ++l) {
                const auto at = [&](std::ptrdiff_t i) {
                    return static_cast<std::size_t>(l * line + (i + side) % side * step);
                };
                float sum = 0;
                for (std::ptrdiff_t i = -half; i < half; ++i) sum += field[at(i)];
                for (std::ptrdiff_t i = 0; i < side; ++i) {
                    sum += field[at(i + half)];
                    smooth[at(i)] = sum;
                    sum -= field[at(i - half)];
                }
            }
            field.swap(smooth);
        }
    PhaseVolume image({1, n, n});
    for (std::size_t i = 0; i < image.size(); ++i) image[i] = field[i] > 0 ? 1 : 0;
    return image;
}

}  // namespace protolith::benchmarks
