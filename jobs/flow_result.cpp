#include "flow/permeability.hpp"
#include "flow_report.hpp"
#include "io/result_file.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace protolith::jobs {

namespace {

/// Columns of one component per drive, for media and pressures computed along all three axes.
void write_tensors(io::ResultFile& file, const FlowResults& r) {
    const std::size_t media = r.cases.size() / 3;
    std::vector<double> tensor(9 * media);
    for (std::size_t k = 0; k < 3 * media; ++k)
        for (std::size_t i = 0; i < 3; ++i)
            tensor[(k / 3 * 3 + i) * 3 + static_cast<std::size_t>(r.cases[k].axis)] = r.outcomes[k].permeability[i];
    file.dimension("medium", media, "rock and pressure");
    file.dimension("drive", 3, "axis of the drive: x, y, z");
    file.write("permeability_tensor", {"medium", "component", "drive"}, tensor,
               {"m2", "permeability tensor: Darcy velocity times viscosity over pressure gradient", {}});
}

}  // namespace

std::size_t FlowResults::converged() const {
    return static_cast<std::size_t>(
        std::count_if(outcomes.begin(), outcomes.end(), [](const auto& o) { return o.converged; }));
}

void write_flow_result(run::Run& run, const FlowSettings& keys, const FlowResults& r) {
    const auto timer = run.context.timers.phase("write result");
    auto file = io::ResultFile::create(run.context.comm, run.directory().file("result.h5"), run.provenance());
    file.dimension("flow", r.cases.size(), "number of the flow");
    file.dimension("component", 3, "x, y, z");
    const auto numbers = [&](const std::string& name, const std::string& unit, const std::string& what,
                             const auto& value) {
        std::vector<double> values;
        for (std::size_t k = 0; k < r.cases.size(); ++k) values.push_back(value(r.cases[k], r.outcomes[k]));
        file.write(name, {"flow"}, values, {unit, what, {}});
    };
    std::vector<std::string> labels;
    std::vector<double> vectors;
    std::vector<std::uint8_t> converged;
    for (std::size_t k = 0; k < r.cases.size(); ++k) {
        labels.push_back(r.cases[k].label);
        converged.push_back(r.outcomes[k].converged ? 1 : 0);
        vectors.insert(vectors.end(), r.outcomes[k].permeability.begin(), r.outcomes[k].permeability.end());
    }
    file.write_text("label", {"flow"}, labels, {"", "what flows through what", {}});
    file.write("converged", {"flow"}, converged,
               {"1", "1: steady to the tolerance; 0: NOT CONVERGED, the numbers are those of the last step", {}});
    file.write("permeability_vector", {"flow", "component"}, vectors,
               {"m2", "Darcy velocity along x, y, z times viscosity over the pressure gradient of the drive", {}});
    const auto axis = [](const FlowCase& c) { return static_cast<std::size_t>(c.axis); };
    numbers("permeability", "m2", "Darcy velocity along the drive times viscosity over pressure gradient",
            [&](const FlowCase& c, const FlowOutcome& o) { return o.permeability[axis(c)]; });
    numbers("permeability_darcy", "darcy", "the same; 1 darcy = 9.869233e-13 m2",
            [&](const FlowCase& c, const FlowOutcome& o) { return o.permeability[axis(c)] / flow::darcy; });
    numbers("permeability_known", "m2", "what theory gives, where it does", [](const FlowCase& c, const FlowOutcome&) {
        return c.known.value_or(std::numeric_limits<double>::quiet_NaN());
    });
    numbers("porosity", "1", "fraction of pores",
            [&](const FlowCase& c, const FlowOutcome&) { return r.facts[c.rock].porosity; });
    numbers("connected_porosity", "1", "fraction of pores that reach from end to end",
            [&](const FlowCase& c, const FlowOutcome&) { return r.facts[c.rock].connected_porosity; });
    numbers("pore_width", "m", "2 volume/surface of the pores",
            [&](const FlowCase& c, const FlowOutcome&) { return r.facts[c.rock].width * r.rocks[c.rock].voxel_size; });
    numbers("pressure", "Pa", "mean pressure of the gas; 0: a liquid",
            [](const FlowCase& c, const FlowOutcome&) { return c.pressure; });
    numbers("mean_free_path", "m", "of the gas without walls",
            [](const FlowCase& c, const FlowOutcome&) { return c.free_path; });
    numbers("knudsen_number", "1", "mean free path over the local pore size, mean over the pores",
            [](const FlowCase& c, const FlowOutcome&) { return c.knudsen; });
    numbers("largest_knudsen_number", "1", "of the narrowest pore",
            [](const FlowCase& c, const FlowOutcome&) { return c.largest_knudsen; });
    numbers("permeability_gas", "m2",
            "2 viscosity length outlet velocity outlet pressure / (inlet pressure^2 - outlet pressure^2); 0: a liquid",
            [](const FlowCase&, const FlowOutcome& o) { return o.gas_permeability; });
    numbers("pressure_drop", "Pa", "of the gas between the ends, about its mean pressure; 0: a liquid",
            [](const FlowCase& c, const FlowOutcome&) { return c.pressure_drop; });
    numbers("relaxation_time", "1", "of the stress, steps; of a gas with local Knudsen numbers that without walls",
            [](const FlowCase& c, const FlowOutcome&) { return c.settings.relaxation_time; });
    numbers("steps", "1", "steps computed",
            [](const FlowCase&, const FlowOutcome& o) { return static_cast<double>(o.steps); });
    numbers("residual", "1", "relative change of the flux per characteristic time",
            [](const FlowCase&, const FlowOutcome& o) { return o.change; });
    numbers("characteristic_time", "1",
            "of viscosity across the pores or of pressure along the volume, the longer, steps",
            [](const FlowCase&, const FlowOutcome& o) { return o.characteristic_time; });
    numbers("mlups", "1e6 s-1", "updates of pore voxels",
            [](const FlowCase&, const FlowOutcome& o) { return o.mlups; });
    numbers("mach", "1", "Mach number of the fastest voxel in the computation",
            [](const FlowCase&, const FlowOutcome& o) { return o.mach; });
    numbers("mean_speed", "m s-1", "of the pores along the drive",
            [](const FlowCase&, const FlowOutcome& o) { return o.speed; });
    numbers("tortuosity", "1", "mean speed over mean speed along the drive",
            [](const FlowCase&, const FlowOutcome& o) { return o.tortuosity; });
    if (keys.drive.axes.size() == 3) write_tensors(file, r);
    file.complete();
}

}  // namespace protolith::jobs
