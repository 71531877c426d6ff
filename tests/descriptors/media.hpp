// Random media with known statistics, for tests.
#pragma once

#include "base/random.hpp"
#include "volume/volume.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace protolith::descriptors {

/// Discs of `radius` pixels at `count` random places, wrapping around; `inside` is the value in them.
inline PhaseVolume overlapping_disks(std::size_t side, double radius, std::size_t count, std::uint8_t inside) {
    PhaseVolume image(Extent{1, side, side}, inside == 0 ? 1 : 0);
    RandomStream stream(5, RandomPurpose::test, 1);
    const long n = static_cast<long>(side);
    for (std::size_t k = 0; k < count; ++k) {
        const double cy = stream.uniform(0, static_cast<double>(n)), cx = stream.uniform(0, static_cast<double>(n));
        for (long y = std::lround(std::ceil(cy - radius)); static_cast<double>(y) <= cy + radius; ++y) {
            const double dy = static_cast<double>(y) - cy, half = std::sqrt(radius * radius - dy * dy);
            for (long x = std::lround(std::ceil(cx - half)); static_cast<double>(x) <= cx + half; ++x) {
                image(static_cast<std::size_t>((y + n) % n), static_cast<std::size_t>((x + n) % n)) = inside;
            }
        }
    }
    return image;
}

/// Gaussian field thresholded at its median, and the field's correlation at integer lags, ρ(dy, dx) = ρ₁(dy) ρ₁(dx).
struct GaussianHalf {
    PhaseVolume image;
    std::vector<double> lag;  // ρ₁
    double correlation(int dy, int dx) const { return one(dy) * one(dx); }
    double one(int d) const {
        const auto k = static_cast<std::size_t>(std::abs(d));
        return k < lag.size() ? lag[k] : 0;
    }
};

/// White noise smoothed by a separable Gaussian of `width` pixels, wrapping around.
inline GaussianHalf gaussian_half(std::size_t side, double width) {
    const int reach = static_cast<int>(std::ceil(4 * width));
    std::vector<double> kernel;
    for (int k = -reach; k <= reach; ++k) kernel.push_back(std::exp(-0.5 * k * k / (width * width)));
    std::vector<float> field(side * side), smooth(side * side);
    RandomStream stream(6, RandomPurpose::test, 2);
    for (auto& v : field) v = static_cast<float>(stream.normal());
    for (int pass = 0; pass < 2; ++pass) {  // along x, transposing; twice is both axes
        for (std::size_t y = 0; y < side; ++y) {
            for (std::size_t x = 0; x < side; ++x) {
                double sum = 0;
                for (std::size_t k = 0; k < kernel.size(); ++k) {
                    sum += kernel[k] * field[y * side + (x + k + side - static_cast<std::size_t>(reach)) % side];
                }
                smooth[x * side + y] = static_cast<float>(sum);
            }
        }
        field.swap(smooth);
    }
    GaussianHalf out{PhaseVolume(Extent{1, side, side}), {}};
    smooth = field;
    const auto middle = smooth.begin() + static_cast<std::ptrdiff_t>(smooth.size() / 2);
    std::nth_element(smooth.begin(), middle, smooth.end());
    for (std::size_t i = 0; i < field.size(); ++i) out.image[i] = field[i] > *middle ? 1 : 0;
    for (std::size_t d = 0; d < kernel.size(); ++d) {
        double sum = 0, norm = 0;
        for (std::size_t k = 0; k < kernel.size(); ++k) {
            norm += kernel[k] * kernel[k];
            if (k + d < kernel.size()) sum += kernel[k] * kernel[k + d];
        }
        out.lag.push_back(sum / norm);
    }
    return out;
}

/// Cells of Poisson lines, 1/a of them a pixel of any test line, each in the phase with probability `fraction`.
inline PhaseVolume debye(std::size_t side, double a, double fraction) {
    using std::numbers::pi;
    RandomStream stream(8, RandomPurpose::test, 3);
    const double radius = static_cast<double>(side) / std::numbers::sqrt2, middle = static_cast<double>(side) / 2;
    struct Line {
        double angle, distance;
        std::uint64_t key;
    };
    std::vector<Line> lines(static_cast<std::size_t>(pi * radius / a));
    for (Line& line : lines) line = {stream.uniform(0, pi), stream.uniform(-radius, radius), stream.bits()};
    PhaseVolume image(Extent{1, side, side});
    std::vector<std::uint64_t> flips(side + 1);
    for (std::size_t y = 0; y < side; ++y) {
        // A cell is named by the lines that it lies beyond: XOR of their keys, changed where the row crosses a line.
        flips.assign(side + 1, 0);
        std::uint64_t cell = 0;
        for (const Line& line : lines) {
            const double c = std::cos(line.angle), s = std::sin(line.angle);
            const double x = (line.distance - (static_cast<double>(y) - middle) * s) / c + middle;
            const bool crosses = x > 0 && x < static_cast<double>(side);
            if ((-middle * c + (static_cast<double>(y) - middle) * s) > line.distance) cell ^= line.key;
            if (crosses) flips[static_cast<std::size_t>(std::ceil(x))] ^= line.key;
        }
        for (std::size_t x = 0; x < side; ++x) {
            cell ^= flips[x];
            // The key of a cell is uniform itself, but for the one cell beyond no line.
            image(y, x) = static_cast<double>(cell >> 11) * 0x1p-53 < fraction ? 1 : 0;
        }
    }
    return image;
}

inline PhaseVolume checkerboard(std::size_t side, std::size_t cell) {
    PhaseVolume image(Extent{1, side, side});
    for (std::size_t y = 0; y < side; ++y) {
        for (std::size_t x = 0; x < side; ++x) image(y, x) = (y / cell + x / cell) % 2 == 0 ? 1 : 0;
    }
    return image;
}

}  // namespace protolith::descriptors
