#include "flow_case.hpp"

#include "flow/permeability.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::jobs {

namespace {

int axis_number(volume::Axis axis) noexcept { return 2 - static_cast<int>(axis); }

/// Settings that do not depend on the gas.
flow::Settings common_settings(const FlowSettings& keys, int axis) {
    flow::Settings s;
    s.collision = keys.lattice.collision;
    s.relaxation_time = keys.lattice.relaxation_time;
    s.magic = keys.lattice.magic;
    const bool repeats = keys.drive.sides == DriveKeys::Sides::periodic;
    s.periodic = {repeats, repeats, repeats};
    s.ends = keys.drive.ends;
    s.end_axis = axis;
    const auto a = static_cast<std::size_t>(axis);
    if (s.ends == flow::Ends::periodic) {
        s.periodic[a] = true;
        s.force[a] = keys.drive.lattice_force;
    } else {
        s.inlet_density = 1 + keys.drive.lattice_drop / 2;
        s.outlet_density = 1 - keys.drive.lattice_drop / 2;
    }
    return s;
}

/// Mean free path, Knudsen number and walls of a gas at a pressure.
void add_gas(const FlowSettings& keys, const Rock& rock, const PoreFacts& facts, FlowCase& flow) {
    const auto& gas = keys.fluid;
    const double length = keys.slip.length.value_or(facts.width * rock.voxel_size);
    flow.free_path = flow::mean_free_path(gas.viscosity, flow.pressure, gas.temperature, gas.molar_mass);
    flow.knudsen = flow.free_path / length;
    try {
        flow.shortening = flow::mean_free_path_factor(keys.slip.mean_free_path, flow.knudsen);
        flow::set_gas(flow.settings, keys.slip.wall, flow.free_path * flow.shortening / rock.voxel_size,
                      flow::slip_coefficients(keys.slip.accommodation));
        flow::check(flow.settings);
    } catch (const InputError& e) {
        throw InputError(fmt::format("fluid.pressures: {:.6g} Pa: mean free path {:.3g} m, {:.3g} voxels; {}",
                                     flow.pressure, flow.free_path, flow.free_path / rock.voxel_size, e.what()));
    }
    flow.label += fmt::format(", {:.4g} Pa", flow.pressure);
}

/// What theory says of this flow: all geometries without slip, the channel with it.
void add_known(const FlowSettings& keys, const Rock& rock, FlowCase& flow) {
    const bool along = flow.axis == 2 || rock.chi;
    if (!rock.known || !along) return;
    double known = *rock.known;
    flow.source = rock.source;
    if (flow.pressure > 0 && flow.settings.wall != flow::Wall::bounce_back) {
        if (keys.rock.geometry != RockKeys::Geometry::channel) return;
        const auto slip = flow::slip_coefficients(keys.slip.accommodation);
        const double n = static_cast<double>(keys.rock.width),
                     path = flow.free_path * flow.shortening / rock.voxel_size;
        known += (slip.first * path * n / 2 + slip.second * path * path) * n / (n + 2);
        flow.source += " with slip of second order";
    }
    flow.known = known * rock.voxel_size * rock.voxel_size / flow.shortening;
}

}  // namespace

const char* axis_name(int axis) noexcept { return axis == 0 ? "x" : axis == 1 ? "y" : "z"; }

std::vector<volume::Axis> drive_axes(const DriveKeys& keys) {
    require_input(!keys.axes.empty(), "drive.axes = []: expected at least one of x, y, z");
    std::vector<volume::Axis> axes;
    for (const auto& name : keys.axes) {
        require_input(name == "x" || name == "y" || name == "z", "drive.axes: '{}' is unknown; expected x, y, z", name);
        const auto axis = name == "x" ? volume::Axis::x : name == "y" ? volume::Axis::y : volume::Axis::z;
        require_input(std::find(axes.begin(), axes.end(), axis) == axes.end(), "drive.axes names '{}' twice", name);
        axes.push_back(axis);
    }
    return axes;
}

std::vector<FlowCase> list_cases(const FlowSettings& keys, const std::vector<Rock>& rocks,
                                 const std::vector<PoreFacts>& facts) {
    require_input(
        std::isfinite(keys.drive.pressure_gradient) && keys.drive.pressure_gradient > 0,
        "drive.pressure_gradient = {} Pa/m: a pressure drop of zero drives nothing; expected a number above 0",
        keys.drive.pressure_gradient);
    const bool gas = keys.fluid.kind == FluidKeys::Kind::gas;
    require_input(!gas || !keys.fluid.pressures.empty(), "fluid.pressures = []: expected at least one pressure");
    std::vector<FlowCase> cases;
    for (std::size_t r = 0; r < rocks.size(); ++r)
        for (const double pressure : gas ? keys.fluid.pressures : std::vector<double>{0})
            for (const auto axis : drive_axes(keys.drive)) {
                FlowCase flow;
                flow.rock = r;
                flow.axis = axis_number(axis);
                flow.pressure = pressure;
                flow.label = rocks[r].name;
                flow.settings = common_settings(keys, flow.axis);
                if (gas)
                    add_gas(keys, rocks[r], facts[r], flow);
                else
                    flow::check(flow.settings);
                if (keys.drive.axes.size() > 1) flow.label += fmt::format(", along {}", axis_name(flow.axis));
                add_known(keys, rocks[r], flow);
                cases.push_back(std::move(flow));
            }
    return cases;
}

Scales scales_of(const FlowSettings& keys, const FlowCase& flow, const Rock& rock) {
    const double lattice_gradient =
        flow::driving_gradient(flow.settings, rock.extent)[static_cast<std::size_t>(flow.axis)];
    const double real_gradient = keys.drive.pressure_gradient, side = rock.voxel_size;
    // u = (k/μ)·dp/dx in both units; shorter free paths lower the viscosity.
    return {real_gradient * side * side / keys.fluid.viscosity / flow.shortening *
                flow::viscosity(flow.settings.relaxation_time) / lattice_gradient,
            real_gradient * side / lattice_gradient / 3};
}

std::vector<double> FlowOutcome::packed() const {
    std::vector<double> numbers{static_cast<double>(steps),
                                converged ? 1.0 : 0.0,
                                change,
                                characteristic_time,
                                mlups,
                                mach,
                                permeability[0],
                                permeability[1],
                                permeability[2],
                                tortuosity,
                                speed,
                                lowest,
                                highest,
                                static_cast<double>(histogram.size()),
                                static_cast<double>(rows),
                                static_cast<double>(columns)};
    numbers.insert(numbers.end(), histogram.begin(), histogram.end());
    numbers.insert(numbers.end(), slice.begin(), slice.end());
    return numbers;
}

FlowOutcome FlowOutcome::unpacked(const std::vector<double>& n) {
    constexpr std::size_t fixed = 16;
    require(n.size() >= fixed, "{} numbers of a finished flow; at least {} expected", n.size(), fixed);
    const auto bins = static_cast<std::ptrdiff_t>(n[13]);
    FlowOutcome o{static_cast<std::uint64_t>(n[0]),
                  n[1] != 0,
                  n[2],
                  n[3],
                  n[4],
                  n[5],
                  {n[6], n[7], n[8]},
                  n[9],
                  n[10],
                  n[11],
                  n[12],
                  {},
                  static_cast<std::size_t>(n[14]),
                  static_cast<std::size_t>(n[15]),
                  {}};
    require(n.size() == fixed + static_cast<std::size_t>(bins) + o.rows * o.columns,
            "{} numbers of a finished flow; {} expected", n.size(),
            fixed + static_cast<std::size_t>(bins) + o.rows * o.columns);
    const auto at = n.begin() + static_cast<std::ptrdiff_t>(fixed);
    o.histogram.assign(at, at + bins);
    o.slice.assign(at + bins, n.end());
    return o;
}

}  // namespace protolith::jobs
