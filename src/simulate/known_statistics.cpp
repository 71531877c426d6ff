#include "simulate/known_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace protolith::simulate {

using std::numbers::pi;

double ball_measure(double R, int dimensions) { return dimensions == 2 ? pi * R * R : 4.0 / 3.0 * pi * R * R * R; }

double union_measure(double R, double r, int dimensions) {
    const double both = 2 * ball_measure(R, dimensions);
    if (r >= 2 * R) return both;
    const double lens = dimensions == 2 ? 2 * R * R * std::acos(r / (2 * R)) - r / 2 * std::sqrt(4 * R * R - r * r)
                                        : ball_measure(R, 3) * (1 - 0.75 * r / R + r * r * r / (16 * R * R * R));
    return both - lens;
}

double above(double t) { return 0.5 * std::erfc(t / std::numbers::sqrt2); }

double threshold_for(double phase_fraction) {
    // Bisection: above() falls monotonically, and 40 standard deviations hold every double in (0, 1).
    double low = -40, high = 40;
    for (int i = 0; i < 200; ++i) {
        const double middle = (low + high) / 2;
        (above(middle) > phase_fraction ? low : high) = middle;
    }
    return (low + high) / 2;
}

double both_above(double t, double rho) {
    // P = φ² + 1/2π ∫₀^asin ρ exp(−t²/(1 + sin θ)) dθ, by Simpson's rule: the integrand is smooth.
    constexpr int intervals = 200;
    const double phi = above(t), end = std::asin(std::clamp(rho, -1.0, 1.0)), width = end / intervals;
    const auto integrand = [t](double theta) {
        const double base = 1 + std::sin(theta);
        return base > 0 ? std::exp(-t * t / base) : (t == 0 ? 1.0 : 0.0);
    };
    double sum = integrand(0) + integrand(end);
    for (int i = 1; i < intervals; ++i) sum += (i % 2 == 1 ? 4 : 2) * integrand(i * width);
    return phi * phi + sum * width / 3 / (2 * pi);
}

}  // namespace protolith::simulate
