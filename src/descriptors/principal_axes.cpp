#include "descriptors/principal_axes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace protolith::descriptors {
namespace {

/// Rotates rows and columns p, q of `a` so that a[p][q] becomes 0, and the basis with them.
void rotate(Matrix3& a, Matrix3& basis, std::size_t p, std::size_t q) {
    const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    const double t = std::copysign(1.0, theta) / (std::abs(theta) + std::sqrt(theta * theta + 1));
    const double c = 1 / std::sqrt(t * t + 1), s = t * c;
    for (std::size_t k = 0; k < 3; ++k) {
        const double kp = a[k][p], kq = a[k][q];
        a[k][p] = c * kp - s * kq;
        a[k][q] = s * kp + c * kq;
    }
    for (std::size_t k = 0; k < 3; ++k) {
        const double pk = a[p][k], qk = a[q][k];
        a[p][k] = c * pk - s * qk;
        a[q][k] = s * pk + c * qk;
        const double bp = basis[p][k], bq = basis[q][k];
        basis[p][k] = c * bp - s * bq;
        basis[q][k] = s * bp + c * bq;
    }
}

}  // namespace

PrincipalAxes principal_axes(Matrix3 a) {
    Matrix3 basis{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    // Convergence is quadratic: a 3 × 3 matrix is diagonal to rounding after four or five sweeps.
    for (int sweep = 0; sweep < 12; ++sweep)
        for (const auto& [p, q] : {std::pair<std::size_t, std::size_t>{0, 1}, {0, 2}, {1, 2}}) {
            const double scale = std::abs(a[p][p]) + std::abs(a[q][q]);
            if (std::abs(a[p][q]) > std::numeric_limits<double>::epsilon() * 1e-2 * scale) rotate(a, basis, p, q);
        }
    std::array<std::size_t, 3> order{0, 1, 2};
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return a[i][i] > a[j][j]; });
    PrincipalAxes result;
    for (std::size_t k = 0; k < 3; ++k) {
        result.values[k] = a[order[k]][order[k]];
        result.axes[k] = basis[order[k]];
    }
    return result;
}

}  // namespace protolith::descriptors
