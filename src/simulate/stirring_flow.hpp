// The chaotic stirring flow of marble cakes (GJI 2024, doi 10.1093/gji/ggae240): the incompressible velocity
// v = (∂Ψ/∂y, −∂Ψ/∂x) in the unit square of Ψ = sin(πy)[sin 2πx + a(t) sin 3πx + b(t) sin 4πx]; v is tangential on all
// sides.
#pragma once

#include <cmath>
#include <numbers>

namespace protolith::simulate {

/// Amplitudes, frequencies and phases of a(t) = A sin(f_a t + φ_a) and b(t) = B cos(f_b t + φ_b); dimensionless.
struct StirringFlow {
    double A = 0, B = 0, f_a = 0, f_b = 0, phi_a = 0, phi_b = 0;

    double a(double t) const noexcept { return A * std::sin(f_a * t + phi_a); }
    double b(double t) const noexcept { return B * std::cos(f_b * t + phi_b); }

    /// Upper bound of every component of the velocity gradient, for amplitudes up to |A| and |B|.
    static double strain_bound(double A, double B) noexcept {
        return std::numbers::pi * std::numbers::pi * (4 + 9 * std::abs(A) + 16 * std::abs(B));
    }
};

}  // namespace protolith::simulate
