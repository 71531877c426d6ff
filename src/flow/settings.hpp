// What a flow computation is asked to do, in lattice units.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace protolith::flow {

enum class Collision {
    two_relaxation_times,    ///< TRT: the odd part by the magic parameter Λ = (τ − ½)(τ_odd − ½)
    single_relaxation_time,  ///< BGK: permeability depends on τ
    many_relaxation_times    ///< MRT: TRT with rates of their own for the moments that carry no stress
};

enum class Ends {
    periodic,     ///< driven by the body force
    equilibrium,  ///< pressure at both ends of an axis: what enters is in equilibrium
    zou_he        ///< the same: what enters keeps its non-equilibrium part (Zou & He 1997, Phys. Fluids 9, 1591)
};

/// How gas meets a wall.
enum class Wall {
    bounce_back,  ///< no slip
    diffuse,      ///< diffuse reflection blended with bounce-back
    specular      ///< specular reflection blended with bounce-back
};

struct Settings {
    Collision collision = Collision::two_relaxation_times;
    double relaxation_time = 1.0;          ///< τ of the stress, in steps; > ½
    double magic = 3.0 / 16.0;             ///< Λ; 3/16 puts half-way walls of a channel exactly half-way
    std::array<double, 3> force{0, 0, 0};  ///< body force per mass along x, y, z; lattice units
    /// What lies beyond the last voxel of x, y, z: the first again, or a wall. The axis of pressure ends is neither.
    std::array<bool, 3> periodic{true, true, true};
    Ends ends = Ends::periodic;
    int end_axis = 2;                                  ///< axis of the pressure ends: 0 x, 1 y, 2 z
    double inlet_density = 1.0, outlet_density = 1.0;  ///< p = ρ/3
    Wall wall = Wall::bounce_back;
    double bounce_fraction = 1.0;  ///< share of bounce-back at the wall, in [0, 1]; the rest slips
    /// Rates of e, ε and π of many relaxation times (d'Humières et al. 2002).
    double energy_rate = 1.19, energy_square_rate = 1.4, stress_rate = 1.4;
};

/// Kinematic viscosity of τ, lattice units: (τ − ½)/3.
constexpr double viscosity(double relaxation_time) noexcept { return (relaxation_time - 0.5) / 3.0; }

/// Throws InputError that names the key and the value if a setting cannot be used.
void check(const Settings& settings);

/// "trt", "bgk", "mrt"; "periodic", "equilibrium", "zou_he"; "bounce_back", "diffuse", "specular".
std::string_view name(Collision collision) noexcept;
std::string_view name(Ends ends) noexcept;
std::string_view name(Wall wall) noexcept;
Collision collision_named(std::string_view text);
Ends ends_named(std::string_view text);
Wall wall_named(std::string_view text);

}  // namespace protolith::flow
