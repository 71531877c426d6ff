#include "flow_case.hpp"

#include "flow/permeability.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

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

/// Length and drop of pressure between the ends.
void set_ends(const FlowSettings& keys, const Rock& rock, FlowCase& flow) {
    const std::array<std::size_t, 3> voxels{rock.extent.x, rock.extent.y, rock.extent.z};
    const std::size_t between = flow.settings.ends == flow::Ends::periodic ? 0 : 1;  // pressures are the end layers'
    flow.length = static_cast<double>(voxels[static_cast<std::size_t>(flow.axis)] - between) * rock.voxel_size;
    const double drop = keys.drive.pressure_gradient * flow.length;
    require_input(drop < 2 * flow.pressure,
                  "drive.pressure_gradient = {} Pa/m over {:.3g} m is a drop of {:.4g} Pa: about the mean pressure of "
                  "{:.4g} Pa it leaves none at the outlet",
                  keys.drive.pressure_gradient, flow.length, drop, flow.pressure);
    flow.pressure_drop = drop;
}

/// Mean free path, Knudsen number and walls of a gas at a pressure. `sizes`: of each voxel; null: one length for all.
void set_slip(const FlowSettings& keys, const Rock& rock, const PoreFacts& facts, const PoreSizes* sizes,
              FlowCase& flow) {
    const double path = flow.free_path / rock.voxel_size;
    const auto slip = flow::slip_coefficients(keys.slip.accommodation);
    if (sizes != nullptr) {
        flow.knudsen = path * sizes->mean_inverse;
        flow.largest_knudsen = path / sizes->smallest;
        // The narrowest pore has the shortest path; the settings' own is that without walls.
        const double shortest = flow::mean_free_path_factor(keys.slip.mean_free_path, flow.largest_knudsen);
        flow::set_gas(flow.settings, keys.slip.wall, path * shortest, slip);
        flow::check(flow.settings);
    } else {
        flow.knudsen = flow.largest_knudsen = flow.free_path / keys.slip.length.value_or(facts.width * rock.voxel_size);
        flow.shortening = flow::mean_free_path_factor(keys.slip.mean_free_path, flow.knudsen);
    }
    flow::set_gas(flow.settings, keys.slip.wall, path * flow.shortening, slip);
    flow::check(flow.settings);
}

void add_gas(const FlowSettings& keys, const Rock& rock, const PoreFacts& facts, const PoreSizes* sizes,
             FlowCase& flow) {
    const auto& gas = keys.fluid;
    flow.free_path = flow::mean_free_path(gas.viscosity, flow.pressure, gas.temperature, gas.molar_mass);
    set_ends(keys, rock, flow);
    try {
        set_slip(keys, rock, facts, sizes, flow);
    } catch (const InputError& e) {
        throw InputError(fmt::format(
            "fluid.pressures: {:.6g} Pa: mean free path {:.3g} m, {:.3g} voxels{}; {}", flow.pressure, flow.free_path,
            flow.free_path / rock.voxel_size,
            sizes != nullptr ? fmt::format(", pores of {:.3g} voxels and more", sizes->smallest) : "", e.what()));
    }
    flow.label += fmt::format(", {:.4g} Pa", flow.pressure);
}

/// The mean free path between the walls of a channel, voxels.
double channel_path(const FlowSettings& keys, const Rock& rock, const FlowCase& flow) {
    const double path = flow.free_path / rock.voxel_size;
    if (!flow.sizes) return path * flow.shortening;
    return path * flow::mean_free_path_factor(keys.slip.mean_free_path, path / static_cast<double>(keys.rock.width));
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
        const double n = static_cast<double>(keys.rock.width), path = channel_path(keys, rock, flow);
        known += (slip.first * path * n / 2 + slip.second * path * path) * n / (n + 2);
        known *= flow.free_path / rock.voxel_size / path;  // the viscosity meant is that without walls
        flow.source += " with slip of second order";
    }
    flow.known = known * rock.voxel_size * rock.voxel_size;
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

bool local_knudsen(const FlowSettings& keys) noexcept {
    return keys.fluid.kind == FluidKeys::Kind::gas && keys.slip.pore_size != SlipKeys::PoreSize::uniform;
}

std::vector<PoreSizes> list_pore_sizes(const Communicator& comm, const FlowSettings& keys,
                                       const std::vector<Rock>& rocks, bool as_planned, const Pause& pause) {
    std::vector<PoreSizes> sizes;
    if (!local_knudsen(keys)) return sizes;
    auto axes = drive_axes(keys.drive);
    if (keys.drive.sides == DriveKeys::Sides::periodic) axes.resize(1);
    for (const auto& rock : rocks)
        for (const auto axis : axes)
            sizes.push_back(measure_pore_sizes(comm, rock, as_planned ? rock.sample : rock.extent, keys.drive, axis,
                                               keys.slip.pore_size, pause));
    return sizes;
}

std::vector<FlowCase> list_cases(const FlowSettings& keys, const std::vector<Rock>& rocks,
                                 const std::vector<PoreFacts>& facts, const std::vector<PoreSizes>& sizes) {
    const bool uniform = keys.slip.pore_size == SlipKeys::PoreSize::uniform;
    require_input(uniform || !keys.slip.length,
                  "slip.length = {}: only slip.pore_size = 'uniform' takes it; the others measure the pores",
                  keys.slip.length.value_or(0));
    require_input(uniform || keys.fluid.kind == FluidKeys::Kind::liquid ||
                      keys.lattice.collision != flow::Collision::many_relaxation_times,
                  "lattice.collision = 'mrt' has no relaxation times of each voxel: expected slip.pore_size = "
                  "'uniform', or trt");
    require_input(
        std::isfinite(keys.drive.pressure_gradient) && keys.drive.pressure_gradient > 0,
        "drive.pressure_gradient = {} Pa/m: a pressure drop of zero drives nothing; expected a number above 0",
        keys.drive.pressure_gradient);
    const bool gas = keys.fluid.kind == FluidKeys::Kind::gas;
    require_input(!gas || !keys.fluid.pressures.empty(), "fluid.pressures = []: expected at least one pressure");
    const auto axes = drive_axes(keys.drive);
    for (std::size_t r = 0; r < rocks.size(); ++r)
        require_input(
            facts[r].walls || keys.drive.sides == DriveKeys::Sides::solid,
            "{}: all {} voxels are pores: without a wall nothing holds the flow back; expected some solid, or "
            "drive.sides = 'solid'",
            rocks[r].name, to_string(rocks[r].extent));
    std::vector<FlowCase> cases;
    for (std::size_t r = 0; r < rocks.size(); ++r)
        for (const double pressure : gas ? keys.fluid.pressures : std::vector<double>{0})
            for (std::size_t a = 0; a < axes.size(); ++a) {
                const auto axis = axes[a];
                FlowCase flow;
                flow.rock = r;
                flow.axis = axis_number(axis);
                flow.pressure = pressure;
                flow.label = rocks[r].name;
                flow.settings = common_settings(keys, flow.axis);
                if (!sizes.empty()) flow.sizes = sizes.size() == rocks.size() ? r : r * axes.size() + a;
                if (gas)
                    add_gas(keys, rocks[r], facts[r], flow.sizes ? &sizes[*flow.sizes] : nullptr, flow);
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

namespace {

/// Every number and list of an outcome, in one order for packing and unpacking.
template <class Outcome, class Number, class List>
void each_member(Outcome& o, const Number& number, const List& list) {
    number(o.steps);
    number(o.converged);
    for (auto* value : {&o.change, &o.characteristic_time, &o.mlups, &o.mach, &o.gas_permeability, &o.tortuosity,
                        &o.speed, &o.lowest, &o.highest})
        number(*value);
    for (auto& k : o.permeability) number(k);
    for (auto* count : {&o.rows, &o.columns, &o.plane_rows, &o.plane_columns}) number(*count);
    for (auto* values : {&o.histogram, &o.slice, &o.right, &o.down, &o.pores}) list(*values);
}

}  // namespace

std::vector<double> FlowOutcome::packed() const {
    std::vector<double> numbers;
    each_member(
        *this, [&](const auto& value) { numbers.push_back(static_cast<double>(value)); },
        [&](const std::vector<double>& values) {
            numbers.push_back(static_cast<double>(values.size()));
            numbers.insert(numbers.end(), values.begin(), values.end());
        });
    return numbers;
}

FlowOutcome FlowOutcome::unpacked(const std::vector<double>& numbers) {
    FlowOutcome o;
    std::size_t at = 0;
    const auto next = [&] {
        require(at < numbers.size(), "{} numbers of a finished flow are too few", numbers.size());
        return numbers[at++];
    };
    each_member(
        o, [&](auto& value) { value = static_cast<std::remove_reference_t<decltype(value)>>(next()); },
        [&](std::vector<double>& values) {
            const auto count = static_cast<std::size_t>(next());
            require(count <= numbers.size() - at, "{} numbers of a finished flow, {} missing", numbers.size(),
                    count - (numbers.size() - at));
            const auto first = numbers.begin() + static_cast<std::ptrdiff_t>(at);
            values.assign(first, first + static_cast<std::ptrdiff_t>(count));
            at += count;
        });
    require(at == numbers.size(), "{} numbers of a finished flow, {} of them known", numbers.size(), at);
    return o;
}

}  // namespace protolith::jobs
