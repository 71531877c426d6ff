// Likelihoods with known answers.
#pragma once

#include "sampling/target.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace protolith::sampling::targets {

/// 30 variables, two modes at ±2 in the first four (σ = 0.3) of weights 0.3 and 0.7, the rest flat: log evidence
/// 4 [log(σ/√(1 + σ²)) − 2²/2(1 + σ²)] = −12.328.
struct Bimodal {
    static constexpr std::size_t dimensions = 30, peaked = 4;
    static constexpr double sigma = 0.3, place = 2.0, weight = 0.3;
    static double log_evidence() {
        const double v = 1 + sigma * sigma;
        return 4 * (std::log(sigma / std::sqrt(v)) - place * place / (2 * v));
    }
    void operator()(const Evaluation& e) const {
        for (std::size_t i = 0; i < e.count; ++i) {
            const double* z = &e.states[i * e.dimensions];
            double right = 0, left = 0;
            for (std::size_t k = 0; k < peaked; ++k) {
                right += (z[k] - place) * (z[k] - place);
                left += (z[k] + place) * (z[k] + place);
            }
            const double a = std::log(weight) - right / (2 * sigma * sigma);
            const double b = std::log(1 - weight) - left / (2 * sigma * sigma);
            const double other = std::exp(-std::abs(a - b));
            e.log_likelihood[i] = std::max(a, b) + std::log1p(other);
            if (e.gradient.empty()) continue;
            const double of_right = a > b ? 1 / (1 + other) : other / (1 + other);
            for (std::size_t k = 0; k < e.dimensions; ++k)
                e.gradient[i * e.dimensions + k] =
                    k < peaked ? (place * (2 * of_right - 1) - z[k]) / (sigma * sigma) : 0;
        }
    }
};

/// log L = −½ (z − b)ᵀ A (z − b), so the posterior is normal with covariance (I + A)⁻¹ and mean (I + A)⁻¹ A b.
struct Gaussian {
    std::size_t dimensions;
    std::vector<double> precision;  ///< A (dimensions, dimensions)
    std::vector<double> centre;     ///< b
    void operator()(const Evaluation& e) const {
        const std::size_t d = dimensions;
        for (std::size_t i = 0; i < e.count; ++i) {
            double sum = 0;
            for (std::size_t r = 0; r < d; ++r) {
                double row = 0;
                for (std::size_t c = 0; c < d; ++c) row += precision[r * d + c] * (e.states[i * d + c] - centre[c]);
                sum += row * (e.states[i * d + r] - centre[r]);
                if (!e.gradient.empty()) e.gradient[i * d + r] = -row;
            }
            e.log_likelihood[i] = -sum / 2;
        }
    }
};

/// log L = 0: the posterior is the prior.
inline void flat(const Evaluation& e) {
    std::fill(e.log_likelihood.begin(), e.log_likelihood.end(), 0.0);
    std::fill(e.gradient.begin(), e.gradient.end(), 0.0);
}

}  // namespace protolith::sampling::targets
