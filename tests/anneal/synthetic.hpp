// Images for the tests and benchmarks of annealing: noise, and smoothed noise cut at a level.
#pragma once

#include "base/random.hpp"
#include "volume/volume.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace protolith::anneal::synthetic {

/// Independent voxels.
inline PhaseVolume noise(const Extent& extent, double fraction, std::uint64_t seed) {
    RandomStream random(seed, RandomPurpose::test, 0);
    PhaseVolume volume(extent);
    for (auto& voxel : volume) voxel = random.uniform() < fraction;
    return volume;
}

/// Sum over 2 half + 1 voxels along an axis of `side` voxels that lie `stride` apart; periodic.
inline void box_blur(std::vector<double>& field, std::size_t side, std::size_t stride, std::size_t half) {
    std::vector<double> line(side);
    for (std::size_t start = 0; start < field.size(); ++start) {
        if (start / stride % side != 0) continue;
        for (std::size_t k = 0; k < side; ++k) line[k] = field[start + k * stride];
        for (std::size_t k = 0; k < side; ++k) {
            double sum = 0;
            for (std::size_t j = k + side - half; j <= k + side + half; ++j) sum += line[j % side];
            field[start + k * stride] = sum;
        }
    }
}

/// White noise blurred three times by a box (nearly a Gaussian) and cut so that `fraction` of the voxels is in the
/// phase.
inline PhaseVolume smooth(const Extent& extent, double fraction, std::size_t half, std::uint64_t seed) {
    RandomStream random(seed, RandomPurpose::test, 1);
    std::vector<double> field(extent.count());
    for (double& value : field) value = random.normal();
    for (int pass = 0; pass < 3; ++pass) {
        box_blur(field, extent.x, 1, half);
        box_blur(field, extent.y, extent.x, half);
        if (extent.z > 1) box_blur(field, extent.z, extent.x * extent.y, half);
    }
    std::vector<double> sorted = field;
    const auto cut = static_cast<std::size_t>(std::llround((1 - fraction) * static_cast<double>(field.size())));
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(cut), sorted.end());
    PhaseVolume volume(extent);
    for (std::size_t k = 0; k < field.size(); ++k) volume[k] = field[k] >= sorted[cut];
    return volume;
}

inline std::vector<PhaseVolume> smooth_set(const Extent& extent, double fraction, std::size_t half, std::size_t count) {
    std::vector<PhaseVolume> images;
    for (std::size_t k = 0; k < count; ++k) images.push_back(smooth(extent, fraction, half, 100 + k));
    return images;
}

}  // namespace protolith::anneal::synthetic
