// Eigenvalues and axes of a symmetric 3 × 3 matrix by cyclic Jacobi rotations (Golub & Van Loan, Matrix
// Computations, 8.5).
#pragma once

#include <array>

namespace protolith::descriptors {

using Vector3 = std::array<double, 3>;
using Matrix3 = std::array<Vector3, 3>;

struct PrincipalAxes {
    /// Largest first.
    Vector3 values{};
    /// axes[k] is the unit vector of values[k].
    Matrix3 axes{};
};

PrincipalAxes principal_axes(Matrix3 symmetric);

}  // namespace protolith::descriptors
