// Darcy's law: permeability k = ν·U/G with the superficial velocity U (the mean over all voxels, solid ones counted as
// 0: porosity enters once) and the driving force on a unit of mass or pressure gradient over density, G.
#pragma once

#include "flow/settings.hpp"
#include "flow/solver.hpp"

#include <array>

namespace protolith::flow {

inline constexpr double darcy = 9.869233e-13;  ///< m²

/// Superficial (Darcy) velocity along x, y, z; lattice units.
std::array<double, 3> superficial_velocity(const Totals& totals, const Extent& volume) noexcept;

/// What drives the flow along x, y, z: the body force, or (p_in − p_out)/(ρ·distance) between the end layers.
std::array<double, 3> driving_gradient(const Settings& settings, const Extent& volume) noexcept;

/// One column of the permeability tensor: k_x, k_y, k_z under a drive along `axis` (0 x, 1 y, 2 z) alone; voxel².
/// Multiplied by the square of a voxel's side it is m².
std::array<double, 3> permeability(const Totals& totals, const Settings& settings, const Extent& volume, int axis);

/// Apparent permeability of a gas from the ends of a sample, k = 2μL·q_o·p_o/(p_i² − p_o²): the gas expands on its way,
/// so that q_o, the superficial velocity at the outlet, is the largest. The pressures are given as their mean and
/// p_i − p_o, which may be far smaller. Any consistent units: Pa s, m, m/s and Pa give m². InputError unless
/// p_i > p_o > 0.
double gas_permeability(double viscosity, double length, double outlet_velocity, double mean_pressure,
                        double pressure_drop);

}  // namespace protolith::flow
