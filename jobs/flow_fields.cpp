#include "flow_fields.hpp"

#include "flow/permeability.hpp"
#include "io/result_file.hpp"
#include "io/xdmf.hpp"

#include <cmath>
#include <limits>

namespace protolith::jobs {

namespace {

constexpr std::size_t bins = 60;

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

/// The plane across the drive through the middle of the volume: rows z (y under a drive along z), columns x (y under a
/// drive along x).
template <class T>
void take_slice(const flow::Solver<T>& solver, const Volume<T>& speed, int axis, double mean, FlowOutcome& outcome) {
    const Extent& n = solver.sites().volume;
    const Block& block = solver.sites().block;
    outcome.rows = axis == 2 ? n.y : n.z;
    outcome.columns = axis == 0 ? n.y : n.x;
    outcome.slice.assign(outcome.rows * outcome.columns, 0);
    const std::size_t middle = (axis == 0 ? n.x : axis == 1 ? n.y : n.z) / 2;
    const Extent& e = block.extent;
    for (std::size_t i = 0; i < speed.size(); ++i) {
        const std::size_t x = i % e.x + block.offset.x, y = i / e.x % e.y + block.offset.y,
                          z = i / (e.x * e.y) + block.offset.z;
        if ((axis == 0 ? x : axis == 1 ? y : z) != middle) continue;
        outcome.slice[(axis == 2 ? y : z) * outcome.columns + (axis == 0 ? y : x)] =
            static_cast<double>(speed[i]) / mean;
    }
    solver.comm().sum_in_place(outcome.slice.data(), outcome.slice.size());
}

}  // namespace

template <class T>
FlowOutcome measure_flow(const flow::Solver<T>& solver, const typename flow::Solver<T>::Fields& fields,
                         const FlowCase& flow, const Rock& rock, const Scales& scales,
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
    take_slice(solver, fields.speed[axis], flow.axis, mean, outcome);
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
                                      const Rock&, const Scales&, const flow::SteadyResult&);                  \
    template void write_fields<T>(const Communicator&, const std::filesystem::path&, const io::Provenance&,    \
                                  const Block&, const flow::Solver<T>::Fields&, const FlowCase&, const Rock&,  \
                                  const Scales&);
PROTOLITH_FLOW_FIELDS(double)
PROTOLITH_FLOW_FIELDS(float)
#undef PROTOLITH_FLOW_FIELDS

}  // namespace protolith::jobs
