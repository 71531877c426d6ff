// Images with known effective stiffness, and one call for one image.
#pragma once

#include "base/random.hpp"
#include "elastic/bounds.hpp"
#include "elastic/homogeniser.hpp"
#include "simulate/marble_cake.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace protolith::elastic {

/// Double precision, converged to rounding.
inline HomogeniserSettings converged(std::size_t side, double wavelength, double tolerance = 1e-14) {
    HomogeniserSettings settings;
    settings.image = {1, side, side};
    settings.filter.wavelength = wavelength;
    settings.solver.tolerance = tolerance;
    return settings;
}

/// Tensors (6, points) of one image.
template <class T = double>
std::vector<T> tensors_of(const HomogeniserSettings& settings, const std::vector<T>& image) {
    const Homogeniser<T> homogeniser(settings);
    std::vector<T> tensors(homogeniser.data_size());
    homogeniser.tensors(image.data(), 1, tensors.data());
    return tensors;
}

template <class T = double>
std::vector<T> noise(std::size_t pixels, std::uint32_t item, bool binary = false) {
    RandomStream random(31, RandomPurpose::test, item);
    std::vector<T> image(pixels);
    for (T& g : image) g = static_cast<T>(binary ? std::round(random.uniform()) : random.uniform());
    return image;
}

/// 2 × 2 cells.
inline std::vector<double> checkerboard(std::size_t side) {
    std::vector<double> image(side * side);
    for (std::size_t y = 0; y < side; ++y)
        for (std::size_t x = 0; x < side; ++x) image[y * side + x] = (2 * y < side) == (2 * x < side) ? 0 : 1;
    return image;
}

template <class T>
std::vector<T> marble_cake_image(std::size_t side, std::uint32_t item) {
    const auto cake = simulate::marble_cake({.size = side}, 5, item);
    return {cake.image.begin(), cake.image.end()};
}

using Matrix = std::array<std::array<double, 3>, 3>;

/// The symmetric matrix of point j.
inline Matrix matrix_of(const std::vector<double>& tensors, std::size_t j = 0) {
    const std::size_t points = tensors.size() / tensor_components;
    Matrix m;
    for (std::size_t c = 0; c < tensor_components; ++c) {
        const auto [a, b] = tensor_indices[c];
        m[a][b] = m[b][a] = tensors[c * points + j];
    }
    return m;
}

inline Matrix inverse_of(const Matrix& m) {
    Matrix r;
    const auto minor = [&](std::size_t i, std::size_t j) {
        const std::size_t i1 = (i + 1) % 3, i2 = (i + 2) % 3, j1 = (j + 1) % 3, j2 = (j + 2) % 3;
        return m[i1][j1] * m[i2][j2] - m[i1][j2] * m[i2][j1];
    };
    const double determinant = m[0][0] * minor(0, 0) + m[0][1] * minor(0, 1) + m[0][2] * minor(0, 2);
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) r[j][i] = minor(i, j) / determinant;
    return r;
}

/// v·M v
inline double along(const Matrix& m, const std::array<double, 3>& v) {
    double sum = 0;
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) sum += v[i] * m[i][j] * v[j];
    return sum;
}

/// Lamé's parameters from plane-strain bulk and shear modulus.
inline Moduli from_bulk(double bulk, double shear) { return {bulk - shear, shear}; }

/// Young's modulus of the plane, 4 K μ/(K + μ).
inline double young(const Moduli& m) { return 4 * m.bulk_2d() * m.mu / (m.bulk_2d() + m.mu); }

/// Root mean square difference over the spatial variation (standard deviation about the mean of each component),
/// pooled over C11, C22, C12 and C33.
template <class A, class B>
double relative_to_variation(const std::vector<A>& found, const std::vector<B>& exact, std::size_t points) {
    double error = 0, variation = 0;
    for (std::size_t c = 0; c < 4; ++c) {
        double mean = 0;
        for (std::size_t j = 0; j < points; ++j)
            mean += static_cast<double>(exact[c * points + j]) / static_cast<double>(points);
        for (std::size_t j = c * points; j < (c + 1) * points; ++j) {
            error += std::pow(static_cast<double>(found[j]) - static_cast<double>(exact[j]), 2);
            variation += std::pow(static_cast<double>(exact[j]) - mean, 2);
        }
    }
    return std::sqrt(error / variation);
}

}  // namespace protolith::elastic
