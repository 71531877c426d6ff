#include "sampling/ranks.hpp"

#include "sampling/diagnostics.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace protolith::sampling {

double median(std::span<const double> values) {
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    const std::size_t half = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

std::vector<double> rank_normalised(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> normal(values.size());
    const double count = static_cast<double>(values.size()) + 0.25;
    for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
        while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
        const double rank = (static_cast<double>(first + last) + 1) / 2;  // mean of first + 1 … last
        const double z = normal_quantile((rank - 0.375) / count);
        for (std::size_t k = first; k < last; ++k) normal[order[k]] = z;
    }
    return normal;
}

/// A rational start (Abramowitz & Stegun 26.2.23, good to 4.5e-4), then Halley's method on Φ twice.
double normal_quantile(double p) {
    const double q = std::min(p, 1 - p), t = std::sqrt(-2 * std::log(q));
    double z = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
    for (int i = 0; i < 2; ++i) {
        const double excess = std::erfc(-z / std::numbers::sqrt2) / 2 - q;
        const double u = excess * std::sqrt(2 * std::numbers::pi) * std::exp(z * z / 2);
        z -= u / (1 + z * u / 2);
    }
    return p < 0.5 ? z : -z;
}

}  // namespace protolith::sampling
