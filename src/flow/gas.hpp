// Rarefied gas in pores: second-order slip (Guo, Zheng & Shi 2008, Phys. Rev. E 77, 036707) and the mean free path that
// walls shorten. Lengths in voxels unless said otherwise; Kn is the mean free path over the width of the pore.
#pragma once

#include "flow/settings.hpp"

namespace protolith::flow {

/// Knudsen numbers above this are refused: slip flow follows kinetic theory within 3 % up to 1.8.
inline constexpr double largest_knudsen = 2;

/// u_slip = A1·λ·u' − A2·λ²·u'' at a wall with accommodation coefficient σ.
struct SlipCoefficients {
    double first = 0, second = 0;  ///< A1, A2
};

/// A1 = (2 − σ)/σ·(1 − 0.1817 σ), A2 = 1/π + A1²/2. InputError unless 0 < σ <= 1.
SlipCoefficients slip_coefficients(double accommodation = 1);

/// λ = (μ/p)·√(πRT/2M): m from Pa s, Pa, K and kg/mol. InputError unless all are above 0.
double mean_free_path(double viscosity, double pressure, double temperature, double molar_mass);

/// How walls shorten the mean free path in a pore.
enum class MeanFreePath {
    bulk,       ///< not at all
    bosanquet,  ///< λ/(1 + 2 Kn)
    arctangent  ///< λ·(2/π)·atan(√2·Kn^(−3/4)) (Stops 1970, J. Phys. D 3, 685; Guo, Zhao & Shi 2006)
};
/// λ_e/λ at a Knudsen number of the bulk's λ. InputError above largest_knudsen or below 0.
double mean_free_path_factor(MeanFreePath form, double knudsen);

/// τ of the stress, ½ + √(6/π)·λ.
double gas_relaxation_time(double free_path) noexcept;
/// The magic parameter that gives the slip of second order: (τ − ½)(τ_odd − ½) = 3/16 + (π/4)·A2·(τ − ½)².
double gas_magic(double relaxation_time, const SlipCoefficients& slip) noexcept;
/// Share of bounce-back: diffuse walls 1 − 2 A1/(√(6/π) + A1), specular ones 1/(1 + A1·√(π/6)); 1 without slip.
double bounce_fraction(Wall wall, const SlipCoefficients& slip) noexcept;

/// Sets relaxation time, magic parameter and wall for a gas of one mean free path (voxels) everywhere.
void set_gas(Settings& settings, Wall wall, double free_path, const SlipCoefficients& slip);

}  // namespace protolith::flow
