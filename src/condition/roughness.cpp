#include "condition/roughness.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace protolith::condition {

namespace {

/// How far the curve rises from its value at `from`, going by `step`, before it falls below it or ends.
double rise(const std::vector<double>& curve, std::size_t from, std::ptrdiff_t step) {
    double highest = curve[from];
    for (auto at = static_cast<std::ptrdiff_t>(from) + step; at >= 0 && at < std::ssize(curve); at += step) {
        const double value = curve[static_cast<std::size_t>(at)];
        if (value < curve[from]) break;
        highest = std::max(highest, value);
    }
    return highest - curve[from];
}

}  // namespace

double Roughness::relative_variation() const {
    return range > 0 ? total_variation / range : std::numeric_limits<double>::quiet_NaN();
}

std::size_t local_minima(std::span<const double> curve, double depth) {
    std::vector<double> distinct(curve.begin(), curve.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::size_t count = 0;
    for (std::size_t k = 1; k + 1 < distinct.size(); ++k)
        if (distinct[k] < distinct[k - 1] && distinct[k] < distinct[k + 1])
            count += rise(distinct, k, -1) >= depth && rise(distinct, k, 1) >= depth ? 1 : 0;
    return count;
}

Roughness roughness(std::span<const double> curve, double depth) {
    require_input(curve.size() >= 2, "the roughness of a curve of {} points; expected at least 2", curve.size());
    Roughness r;
    const auto [low, high] = std::minmax_element(curve.begin(), curve.end());
    r.range = *high - *low;
    for (std::size_t k = 1; k < curve.size(); ++k) {
        const double step = std::abs(curve[k] - curve[k - 1]);
        r.total_variation += step;
        r.largest_step = std::max(r.largest_step, step);
    }
    r.minima = local_minima(curve);
    r.caught_minima = local_minima(curve, depth);
    return r;
}

}  // namespace protolith::condition
