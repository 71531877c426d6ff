// Minimal filtering: m outputs of a filter with r taps from n = m + r - 1 products instead of m r. In matrices,
//   y = A^T [(G g) * (B^T d)]   (products element by element),
// from evaluation of polynomials at n - 1 numbers and at infinity (Toom, Cook; Winograd, Arithmetic Complexity of
// Computations, 1980; Lavin and Gray, CVPR 2016). Two dimensions apply each matrix from both sides.
#pragma once

#include <array>

namespace protolith::kernels::cpu {

/// The numbers at which polynomials are evaluated: small, of both signs, for little rounding.
template <int n>
constexpr std::array<double, n - 1> evaluation_points() {
    constexpr std::array<double, 4> all{0.0, 1.0, -1.0, 0.5};
    std::array<double, n - 1> first{};
    for (int i = 0; i < n - 1; ++i) first[i] = all[i];
    return first;
}

/// p^power, with 0^0 = 1.
constexpr double power_of(double p, int power) {
    double result = 1;
    for (int i = 0; i < power; ++i) result *= p;
    return result;
}

/// A (n, m): a polynomial of m coefficients at each point; the last row, at infinity, is its leading coefficient.
template <int n, int m>
struct Evaluation {
    static constexpr int rows = n, columns = m;
    static constexpr double at(int i, int j) {
        return i == n - 1 ? (j == m - 1 ? 1.0 : 0.0) : power_of(evaluation_points<n>()[i], j);
    }
};

/// G (n, r): as A, each row divided by the product of its point's distances from the others.
template <int n, int r>
struct FilterEvaluation {
    static constexpr int rows = n, columns = r;
    static constexpr double at(int i, int j) {
        double distances = 1;
        for (int l = 0; l < n - 1 && i < n - 1; ++l)
            if (l != i) distances *= evaluation_points<n>()[i] - evaluation_points<n>()[l];
        return Evaluation<n, r>::at(i, j) / distances;
    }
};

/// B^T (n, n): row i holds the coefficients of the product of (x - p) over all points but the i-th.
template <int n>
struct Interpolation {
    static constexpr int rows = n, columns = n;
    static constexpr double at(int i, int j) {
        std::array<double, n + 1> polynomial{1.0};
        for (int l = 0; l < n - 1; ++l) {
            if (l == i) continue;
            for (int power = n; power >= 0; --power)
                polynomial[power] =
                    (power > 0 ? polynomial[power - 1] : 0.0) - evaluation_points<n>()[l] * polynomial[power];
        }
        return polynomial[j];
    }
};

template <class Matrix>
struct Transposed {
    static constexpr int rows = Matrix::columns, columns = Matrix::rows;
    static constexpr double at(int i, int j) { return Matrix::at(j, i); }
};

}  // namespace protolith::kernels::cpu
