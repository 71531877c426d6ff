#include "flow_fields.hpp"

#include "flow/permeability.hpp"
#include "io/result_file.hpp"
#include "io/xdmf.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace protolith::jobs {

namespace {

constexpr std::size_t bins = 240;  // tails are long

/// Pores by speed along the drive, in units of `mean`, and Σ|u|.
template <class T>
double count_speeds(const flow::Solver<T>& solver, const typename flow::Solver<T>::Fields& fields, std::size_t axis,
                    double mean, FlowOutcome& outcome) {
    const auto& comm = solver.comm();
    double low = std::numeric_limits<double>::max(), high = -low, length = 0;
    const auto each_pore = [&](const auto& work) {
        for (const std::uint32_t v : solver.sites().voxel)
            if (v != flow::Sites::no_voxel) work(v);
    };
    each_pore([&](std::uint32_t v) {
        const double along = static_cast<double>(fields.speed[axis][v]) / mean;
        low = std::min(low, along);
        high = std::max(high, along);
        double square = 0;
        for (const auto& component : fields.speed) square += std::pow(static_cast<double>(component[v]), 2);
        length += std::sqrt(square);
    });
    outcome.lowest = comm.min(low);
    outcome.highest = comm.max(high);
    outcome.histogram.assign(bins, 0);
    const double width = (outcome.highest - outcome.lowest) / static_cast<double>(bins);
    each_pore([&](std::uint32_t v) {
        const double along = static_cast<double>(fields.speed[axis][v]) / mean;
        const double bin = width > 0 ? (along - outcome.lowest) / width : 0;
        outcome.histogram[std::min(bins - 1, static_cast<std::size_t>(std::max(0.0, bin)))] += 1;
    });
    comm.sum_in_place(outcome.histogram.data(), bins);
    return comm.sum(length);
}

/// Position of voxel i of a block in the volume, along x, y, z.
std::array<std::size_t, 3> position(const Block& block, std::size_t i) {
    const Extent& e = block.extent;
    return {i % e.x + block.offset.x, i / e.x % e.y + block.offset.y, i / (e.x * e.y) + block.offset.z};
}

std::array<std::size_t, 3> lengths(const Extent& n) { return {n.x, n.y, n.z}; }

/// A plane of the volume: where it cuts the axis `normal`, and which axes its rows and columns follow.
struct Plane {
    std::size_t normal, at, row_axis, column_axis;
};

/// Calls work(pixel, voxel) for the voxels of this rank's block that lie in a plane.
template <class Work>
void each_pixel(const flow::Sites& sites, const Plane& plane, const Work& work) {
    const std::size_t columns = lengths(sites.volume)[plane.column_axis];
    for (std::size_t i = 0; i < sites.block.count(); ++i) {
        const auto p = position(sites.block, i);
        if (p[plane.normal] == plane.at) work(p[plane.row_axis] * columns + p[plane.column_axis], i);
    }
}

/// 1 at the pores of this rank's block.
std::vector<std::uint8_t> pores_of(const flow::Sites& sites) {
    std::vector<std::uint8_t> pore(sites.block.count(), 0);
    for (const std::uint32_t v : sites.voxel)
        if (v != flow::Sites::no_voxel) pore[v] = 1;
    return pore;
}

/// The plane across the drive through the middle of the volume: rows z (y under a drive along z), columns x (y under a
/// drive along x). Not a number in the solid.
template <class T>
void take_slice(const flow::Solver<T>& solver, const Volume<T>& speed, std::size_t axis, double mean,
                FlowOutcome& outcome) {
    const auto n = lengths(solver.sites().volume);
    const Plane plane{axis, n[axis] / 2, axis == 2 ? 1u : 2u, axis == 0 ? 1u : 0u};
    outcome.rows = n[plane.row_axis];
    outcome.columns = n[plane.column_axis];
    outcome.slice.assign(outcome.rows * outcome.columns, 0);
    const auto pore = pores_of(solver.sites());
    each_pixel(solver.sites(), plane, [&](std::size_t pixel, std::size_t voxel) {
        outcome.slice[pixel] = pore[voxel] != 0 ? static_cast<double>(speed[voxel]) / mean : std::nan("");
    });
    solver.comm().sum_in_place(outcome.slice.data(), outcome.slice.size());
}

/// The plane that holds the drive, along its columns, through the middle of the volume; rows y, under another drive
/// than along z: z.
template <class T>
void take_plane(const flow::Solver<T>& solver, const typename flow::Solver<T>::Fields& fields, std::size_t axis,
                double mean, FlowOutcome& outcome) {
    const auto n = lengths(solver.sites().volume);
    const std::size_t normal = axis == 0 ? 1 : 0, rows = axis == 2 ? 1 : 2;
    const Plane plane{normal, n[normal] / 2, rows, axis};
    outcome.plane_rows = n[rows];
    outcome.plane_columns = n[axis];
    for (auto* values : {&outcome.right, &outcome.down, &outcome.pores}) values->assign(n[rows] * n[axis], 0);
    const auto pore = pores_of(solver.sites());
    each_pixel(solver.sites(), plane, [&](std::size_t pixel, std::size_t voxel) {
        outcome.right[pixel] = static_cast<double>(fields.speed[axis][voxel]) / mean;
        outcome.down[pixel] = static_cast<double>(fields.speed[rows][voxel]) / mean;
        outcome.pores[pixel] = pore[voxel];
    });
    for (auto* values : {&outcome.right, &outcome.down, &outcome.pores})
        solver.comm().sum_in_place(values->data(), values->size());
}

/// Superficial velocity through the last plane along the drive, lattice units.
template <class T>
double outlet_velocity(const flow::Solver<T>& solver, const Volume<T>& speed, std::size_t axis) {
    const auto n = lengths(solver.sites().volume);
    double sum = 0;
    each_pixel(solver.sites(), {axis, n[axis] - 1, axis == 2 ? 1u : 2u, axis == 0 ? 1u : 0u},
               [&](std::size_t, std::size_t voxel) { sum += static_cast<double>(speed[voxel]); });
    return solver.comm().sum(sum) * static_cast<double>(n[axis]) / static_cast<double>(solver.sites().volume.count());
}

}  // namespace

template <class T>
FlowOutcome measure_flow(const flow::Solver<T>& solver, const typename flow::Solver<T>::Fields& fields,
                         const FlowCase& flow, const Rock& rock, double viscosity, const Scales& scales,
                         const flow::SteadyResult& steady) {
    const auto axis = static_cast<std::size_t>(flow.axis);
    const auto& totals = steady.last.totals;
    FlowOutcome outcome;
    outcome.steps = steady.last.steps;
    outcome.converged = steady.converged;
    outcome.change = steady.last.change;
    outcome.characteristic_time = steady.characteristic_time;
    outcome.mlups = steady.mlups;
    outcome.mach = totals.mach();
    outcome.permeability = flow::permeability(totals, flow.settings, rock.extent, flow.axis);
    for (double& k : outcome.permeability) k *= rock.voxel_size * rock.voxel_size / flow.shortening;
    const double mean = totals.momentum[axis] / static_cast<double>(solver.sites().volume_sites);
    outcome.speed = mean * scales.speed;
    outcome.tortuosity = count_speeds(solver, fields, axis, mean, outcome) / totals.momentum[axis];
    take_slice(solver, fields.speed[axis], axis, mean, outcome);
    take_plane(solver, fields, axis, mean, outcome);
    if (flow.pressure > 0) {
        // The computation moves gas of the mean density; as much mass leaves, expanded to the outlet's pressure.
        const double leaves = outlet_velocity(solver, fields.speed[axis], axis) * scales.speed;
        const double outlet_pressure = flow.pressure - flow.pressure_drop / 2;
        outcome.gas_permeability = flow::gas_permeability(
            viscosity, flow.length, leaves * flow.pressure / outlet_pressure, flow.pressure, flow.pressure_drop);
    }
    return outcome;
}

template <class T>
void write_fields(const Communicator& comm, const std::filesystem::path& path, const io::Provenance& provenance,
                  const Block& block, const typename flow::Solver<T>::Fields& fields, const FlowCase& flow,
                  const Rock& rock, const Scales& scales) {
    auto file = io::ResultFile::create(comm, path, provenance);
    const Extent& n = rock.extent;
    for (const auto& [axis, length] : {std::pair{"z", n.z}, std::pair{"y", n.y}, std::pair{"x", n.x}})
        file.dimension(axis, length, std::string(axis) + " (voxel)");
    std::vector<float> values(block.count());
    const auto write = [&](const std::string& name, const Volume<T>& volume, double scale,
                           const io::Attributes& attributes) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(static_cast<double>(volume[i]) * scale);
        auto dataset = file.dataset<float>(name, {"z", "y", "x"}, attributes);
        dataset.write({block.offset.z, block.offset.y, block.offset.x},
                      {block.extent.z, block.extent.y, block.extent.x}, values.data());
    };
    for (int axis = 0; axis < 3; ++axis)
        write(fmt::format("velocity_{}", axis_name(axis)), fields.speed[static_cast<std::size_t>(axis)], scales.speed,
              {"m s-1", fmt::format("velocity along {}; 0 in the solid", axis_name(axis)), {}});
    write("pressure", fields.density, scales.pressure,
          {"Pa", "pressure without its mean gradient's share that a body force carries; 0 in the solid", {}});
    file.scalar("voxel_size", rock.voxel_size, {"m", "side of a voxel", {}});
    file.attribute("/", "flow", flow.label);
    file.complete();
    const double side = rock.voxel_size;
    on_root(comm, [&] {
        io::write_xdmf(path,
                       {{"/velocity_x", "velocity x"},
                        {"/velocity_y", "velocity y"},
                        {"/velocity_z", "velocity z"},
                        {"/pressure", "pressure"}},
                       {side, side, side});
    });
}

#define PROTOLITH_FLOW_FIELDS(T)                                                                               \
    template FlowOutcome measure_flow(const flow::Solver<T>&, const flow::Solver<T>::Fields&, const FlowCase&, \
                                      const Rock&, double, const Scales&, const flow::SteadyResult&);          \
    template void write_fields<T>(const Communicator&, const std::filesystem::path&, const io::Provenance&,    \
                                  const Block&, const flow::Solver<T>::Fields&, const FlowCase&, const Rock&,  \
                                  const Scales&);
PROTOLITH_FLOW_FIELDS(double)
PROTOLITH_FLOW_FIELDS(float)
#undef PROTOLITH_FLOW_FIELDS

}  // namespace protolith::jobs
