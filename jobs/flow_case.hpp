// The flows that one deck asks for: every rock, pressure and axis, with the solver's settings; and what each one gave.
#pragma once

#include "flow/settings.hpp"
#include "flow_pore_size.hpp"
#include "flow_rock.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace protolith::jobs {

struct FlowCase {
    std::size_t rock = 0;
    int axis = 2;                          ///< 0 x, 1 y, 2 z
    double pressure = 0;                   ///< of a gas, Pa; 0: a liquid
    double free_path = 0;                  ///< the bulk's, m; 0: a liquid
    double knudsen = 0;                    ///< mean over the pores
    double largest_knudsen = 0;            ///< of a pore voxel
    double shortening = 1;                 ///< mean free path between walls over the bulk's, where it is one for all
    std::optional<std::size_t> sizes;      ///< which pore sizes give each voxel its Knudsen number; none: one for all
    double length = 0, pressure_drop = 0;  ///< between the ends of a gas flow, m and Pa, about `pressure`
    flow::Settings settings;
    std::optional<double> known;  ///< permeability that theory gives, m²
    std::string source;           ///< of `known`
    std::string label;
};

/// All flows in order: rocks, pressures, axes. InputError that names key and value for what cannot be computed.
std::vector<FlowCase> list_cases(const FlowSettings& keys, const std::vector<Rock>& rocks,
                                 const std::vector<PoreFacts>& facts, const std::vector<PoreSizes>& sizes);

/// Whether each voxel has a Knudsen number of its own.
bool local_knudsen(const FlowSettings& keys) noexcept;
/// The pore sizes that local Knudsen numbers need: of each rock, with solid sides under each drive; else none.
/// `as_planned`: of the sample that repeats alone. Collective.
std::vector<PoreSizes> list_pore_sizes(const Communicator& comm, const FlowSettings& keys,
                                       const std::vector<Rock>& rocks, bool as_planned, const Pause& pause);

/// The axes of [drive]; InputError for unknown or repeated names.
std::vector<volume::Axis> drive_axes(const DriveKeys& keys);

/// What a flow gave.
struct FlowOutcome {
    std::uint64_t steps = 0;
    bool converged = false;
    double change = 0;                     ///< relative, of the flux per characteristic time, at the last look
    double characteristic_time = 0;        ///< steps
    double mlups = 0;                      ///< million updates of pore voxels a second
    double mach = 0;                       ///< of the fastest voxel
    std::array<double, 3> permeability{};  ///< k_x, k_y, k_z under this drive, m²
    double gas_permeability = 0;           ///< of a compressible gas, from the flux at the outlet, m²; 0: a liquid
    double tortuosity = 0;                 ///< Σ|u|/Σu along the drive
    double speed = 0;                      ///< mean of the pores along the drive, m/s
    double lowest = 0, highest = 0;        ///< ends of the histogram, in units of `speed`
    std::vector<double> histogram;         ///< pore voxels by speed along the drive
    std::size_t rows = 0, columns = 0;     ///< of the slice across the drive, through the middle
    std::vector<double> slice;             ///< speed along the drive in units of `speed`; not a number in the solid
    /// Of a plane that holds the drive (columns) and an axis across it, through the middle: velocity to the right and
    /// down in units of `speed`, and 1 in pores.
    std::size_t plane_rows = 0, plane_columns = 0;
    std::vector<double> right, down, pores;

    std::vector<double> packed() const;
    static FlowOutcome unpacked(const std::vector<double>& numbers);
};

/// Factors from lattice units: speed to m/s, (ρ − 1) to Pa.
struct Scales {
    double speed = 1, pressure = 1;
};
Scales scales_of(const FlowSettings& keys, const FlowCase& flow, const Rock& rock);

const char* axis_name(int axis) noexcept;

}  // namespace protolith::jobs
