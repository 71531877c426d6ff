// Small images that the descriptor tests share: noise, pictures drawn in text, overlapping disks.
#pragma once

#include "base/random.hpp"
#include "volume/volume.hpp"

#include <cmath>
#include <initializer_list>
#include <numbers>
#include <string_view>

namespace protolith::descriptors::test {

/// Every voxel in the phase with the given probability.
inline PhaseVolume bernoulli(const Extent& extent, double fraction, std::uint32_t item) {
    RandomStream random(5, RandomPurpose::test, item);
    PhaseVolume image(extent);
    for (auto& voxel : image) voxel = random.uniform() < fraction ? 1 : 0;
    return image;
}

/// '#' is the phase; one string a row.
inline PhaseVolume drawn(std::initializer_list<std::string_view> rows) {
    PhaseVolume image({1, rows.size(), rows.begin()->size()});
    std::size_t i = 0;
    for (const auto row : rows)
        for (const char c : row) image[i++] = c == '#' ? 1 : 0;
    return image;
}

/// The void between overlapping disks of radius R around Poisson points, periodic, N × N.
inline PhaseVolume void_between_disks(std::size_t n, double radius, double fraction, std::uint32_t item) {
    RandomStream random(5, RandomPurpose::test, item);
    PhaseVolume image({1, n, n}, 1);
    const double side = static_cast<double>(n);
    const auto disks =
        static_cast<std::size_t>(-std::log(fraction) / (std::numbers::pi * radius * radius) * side * side);
    for (std::size_t k = 0; k < disks; ++k) {
        const double cy = random.uniform() * side, cx = random.uniform() * side;
        for (auto y = static_cast<std::ptrdiff_t>(std::ceil(cy - radius)); static_cast<double>(y) <= cy + radius; ++y) {
            const double dy = static_cast<double>(y) - cy;
            const double half = std::sqrt(std::fmax(radius * radius - dy * dy, 0.0));
            for (auto x = static_cast<std::ptrdiff_t>(std::ceil(cx - half)); static_cast<double>(x) <= cx + half; ++x) {
                const auto size = static_cast<std::ptrdiff_t>(n);
                image(static_cast<std::size_t>((y + size) % size), static_cast<std::size_t>((x + size) % size)) = 0;
            }
        }
    }
    return image;
}

}  // namespace protolith::descriptors::test
