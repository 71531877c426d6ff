#include "flow_report.hpp"

#include "flow/permeability.hpp"
#include "report/picture.hpp"
#include "report/streamlines.hpp"
#include "report_frame.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::jobs {

namespace {

constexpr std::size_t most_shown = 9;

double along(const FlowCase& flow, const FlowOutcome& outcome) {
    return outcome.permeability[static_cast<std::size_t>(flow.axis)];
}

report::Table flow_table(const FlowResults& r) {
    report::Table table{"Permeability",
                        {{"flow"},
                         {"permeability", "m²"},
                         {"permeability", "darcy"},
                         {"known", "m²"},
                         {"error", "%"},
                         {"porosity"},
                         {"connected"},
                         {"mean Kn"},
                         {"tortuosity"},
                         {"steps"},
                         {"residual"},
                         {"MLUPS"},
                         {"converged"}}};
    const double nothing = std::nan("");
    for (std::size_t k = 0; k < r.cases.size(); ++k) {
        const auto& c = r.cases[k];
        const auto& o = r.outcomes[k];
        const double value = along(c, o);
        table.add({c.label, value, value / flow::darcy, c.known.value_or(nothing),
                   c.known ? 100 * (value / *c.known - 1) : nothing, r.facts[c.rock].porosity,
                   r.facts[c.rock].connected_porosity, c.knudsen, o.tortuosity, o.steps, o.change, o.mlups,
                   o.converged ? "yes" : "NO"});
    }
    table.footnotes.push_back(
        "Permeability: mean velocity over all voxels, solid ones as 0, times viscosity over pressure gradient; 1 darcy "
        "= 9.869233e-13 m².");
    for (const auto& c : r.cases)
        if (c.known) {
            table.footnotes.push_back("Known: " + c.source + ".");
            break;
        }
    if (r.converged() < r.cases.size())
        table.footnotes.push_back(
            fmt::format("{} of {} flows are NOT CONVERGED: theirs are the numbers of the last step.",
                        r.cases.size() - r.converged(), r.cases.size()));
    return table;
}

/// What a gas flow has beside its permeability by Darcy's law.
report::Table gas_table(const FlowSettings& keys, const FlowResults& r) {
    report::Table table{"Gas",
                        {{"flow"},
                         {"mean free path", "m"},
                         {"mean Kn"},
                         {"largest Kn"},
                         {"mean pressure", "Pa"},
                         {"drop", "Pa"},
                         {"k by Darcy", "m²"},
                         {"k of a compressible gas", "m²"},
                         {"k of a compressible gas", "darcy"}}};
    for (std::size_t k = 0; k < r.cases.size(); ++k) {
        const auto& c = r.cases[k];
        const auto& o = r.outcomes[k];
        table.add({c.label, c.free_path, c.knudsen, c.largest_knudsen, c.pressure, c.pressure_drop, along(c, o),
                   o.gas_permeability, o.gas_permeability / flow::darcy});
    }
    table.footnotes.push_back(
        "Compressible: k = 2 μ L q_o p_o/(p_i² − p_o²), q_o the velocity that leaves, at the outlet's pressure. "
        "Steady, "
        "with a drop that is small against the pressure, it is Darcy's.");
    table.footnotes.push_back(fmt::format(
        "Gas of the deck: viscosity {:.4g} Pa s, molar mass {:.6g} kg/mol, {:.6g} K. {}", keys.fluid.viscosity,
        keys.fluid.molar_mass, keys.fluid.temperature,
        local_knudsen(keys) ? "Kn: mean free path over the local pore size, mean over the pores and largest."
                            : "Kn: mean free path over one length."));
    return table;
}

report::Table published_table(const FlowSettings& keys) {
    report::Table table{
        "Published, of other rocks",
        {{"source"}, {"permeability", "m²"}, {"permeability", "darcy"}, {"porosity"}, {"connected"}, {"mean Kn"}}};
    const double nothing = std::nan("");
    for (const auto& p : keys.published)
        table.add({p.source, p.permeability * flow::darcy, p.permeability, p.porosity.value_or(nothing),
                   p.connected_porosity.value_or(nothing), p.knudsen.value_or(nothing)});
    table.footnotes.push_back("Not of this rock: the order of magnitude may be compared, no more.");
    return table;
}

report::Table tensor_table(const FlowResults& r) {
    report::Table table{"Permeability tensor",
                        {{"medium"}, {"component"}, {"drive x", "m²"}, {"drive y", "m²"}, {"drive z", "m²"}}};
    for (std::size_t m = 0; m < r.cases.size() / 3; ++m)
        for (std::size_t i = 0; i < 3; ++i) {
            std::array<double, 3> row{};
            for (std::size_t k = 3 * m; k < 3 * m + 3; ++k)
                row[static_cast<std::size_t>(r.cases[k].axis)] = r.outcomes[k].permeability[i];
            table.add({r.rocks[r.cases[3 * m].rock].name, axis_name(static_cast<int>(i)), row[0], row[1], row[2]});
        }
    return table;
}

std::size_t shown(const FlowResults& r) { return std::min(most_shown, r.cases.size()); }

/// One scale for all slices.
report::Montage slice_montage(const FlowResults& r) {
    report::Montage montage{"slices", "Speed along the drive, in the plane across it through the middle", {}};
    double low = 0, high = 0;
    for (std::size_t k = 0; k < shown(r); ++k) {
        for (const double speed : r.outcomes[k].slice) {
            if (std::isnan(speed)) continue;  // solid
            low = std::min(low, speed);
            high = std::max(high, speed);
        }
    }
    for (std::size_t k = 0; k < shown(r); ++k) {
        const auto& o = r.outcomes[k];
        GreyVolume values({1, o.rows, o.columns});
        for (std::size_t i = 0; i < o.slice.size(); ++i) values[i] = static_cast<float>(o.slice[i]);
        auto one = report::grey_pictures(r.cases[k].label, values, "speed over its mean in the pores", low, high);
        montage.pictures.insert(montage.pictures.end(), one.begin(), one.end());
    }
    montage.columns = 3;
    montage.caption = "Grey: solid.";
    montage.voxel_size = r.rocks.front().voxel_size * 1e6;
    montage.voxel_unit = "µm";
    return montage;
}

report::Montage streamline_montage(const FlowResults& r) {
    report::Montage montage{"streamlines", "Streamlines in a plane along the drive, which runs to the right", {}};
    std::vector<report::PlaneFlow> planes;
    double high = 0;
    for (std::size_t k = 0; k < shown(r); ++k) {
        const auto& o = r.outcomes[k];
        planes.push_back({o.plane_rows, o.plane_columns, o.right, o.down, o.pores});
        high = std::max(high, report::high_speed(planes.back()));
    }
    for (std::size_t k = 0; k < shown(r); ++k)
        montage.pictures.push_back(report::streamline_picture(
            r.cases[k].label, planes[k], "speed in the plane over the mean along the drive", high));
    montage.caption = "Lines follow the two components of velocity in the plane; where the flow leaves it they end.";
    montage.columns = std::min<std::size_t>(shown(r), 3);
    const double micrometres = r.rocks.front().voxel_size * 1e6;
    montage.voxel_size = micrometres / static_cast<double>(report::streamline_magnification(planes.front()));
    montage.voxel_unit = "µm";
    return montage;
}

report::Figure histogram_figure(const FlowResults& r) {
    report::Figure figure;
    figure.name = "velocities";
    figure.title = "Velocities of pore voxels along the drive";
    figure.x_label = "velocity over its mean";
    figure.y_label = "density";
    figure.log_y = true;
    for (std::size_t k = 0; k < shown(r); ++k) {
        const auto& o = r.outcomes[k];
        report::Curve curve{r.cases[k].label, {}, {}};
        double sum = 0;
        for (const double count : o.histogram) sum += count;
        const double width = (o.highest - o.lowest) / static_cast<double>(o.histogram.size());
        for (std::size_t b = 0; b < o.histogram.size(); ++b) {
            curve.x.push_back(o.lowest + (static_cast<double>(b) + 0.5) * width);
            curve.y.push_back(width > 0 && o.histogram[b] > 0 ? o.histogram[b] / sum / width : std::nan(""));
        }
        figure.curves.push_back(std::move(curve));
    }
    return figure;
}

/// Apparent permeability against 1/p, one curve for each rock and axis.
report::Figure pressure_figure(const FlowResults& r) {
    report::Figure figure;
    figure.name = "klinkenberg";
    figure.title = "Apparent permeability of a gas";
    figure.x_label = "reciprocal mean pressure (1/MPa)";
    figure.y_label = "apparent permeability (darcy)";
    figure.style = report::Style::points;
    for (std::size_t rock = 0; rock < r.rocks.size(); ++rock)
        for (int axis = 0; axis < 3; ++axis) {
            report::Curve curve{fmt::format("{}, along {}", r.rocks[rock].name, axis_name(axis)), {}, {}};
            report::Curve known{curve.label + ", known", {}, {}};
            known.style = report::Style::lines;
            for (std::size_t k = 0; k < r.cases.size(); ++k) {
                if (r.cases[k].rock != rock || r.cases[k].axis != axis) continue;
                curve.x.push_back(1e6 / r.cases[k].pressure);
                curve.y.push_back(along(r.cases[k], r.outcomes[k]) / flow::darcy);
                known.x.push_back(curve.x.back());
                known.y.push_back(r.cases[k].known.value_or(std::nan("")) / flow::darcy);
            }
            if (curve.x.empty()) continue;
            const bool drawn = !std::isnan(known.y.front());
            figure.curves.push_back(std::move(curve));
            if (drawn) figure.curves.push_back(std::move(known));
        }
    return figure;
}

report::Figure drag_figure(const FlowResults& r) {
    report::Figure figure;
    figure.name = "sphere_arrays";
    figure.title = "Permeability of sphere arrays";
    figure.x_label = "χ";
    figure.y_label = "permeability over the cell's area";
    figure.log_y = true;
    report::Curve computed{"computed", {}, {}}, known{"Sangani & Acrivos 1982", {}, {}};
    computed.style = report::Style::points;
    for (std::size_t k = 0; k < r.cases.size(); ++k) {
        const auto& c = r.cases[k];
        const auto& rock = r.rocks[c.rock];
        const double area = std::pow(static_cast<double>(rock.sample.x) * rock.voxel_size, 2);
        computed.x.push_back(*rock.chi);
        computed.y.push_back(along(c, r.outcomes[k]) / area);
        if (!c.known) continue;
        known.x.push_back(*rock.chi);
        known.y.push_back(*c.known / area);
    }
    figure.curves = {computed};
    if (!known.x.empty()) figure.curves.push_back(known);
    return figure;
}

std::string summary_text(const FlowSettings& keys, const FlowResults& r) {
    const auto& rock = r.rocks.front();
    std::string text =
        fmt::format("Lattice Boltzmann flow (D3Q19, {}) through {}{}, {} voxels of {:.4g} m: {} flow{}.",
                    name(keys.lattice.collision), rock.name, r.rocks.size() > 1 ? " and others" : "",
                    to_string(rock.extent), rock.voxel_size, r.cases.size(), r.cases.size() == 1 ? "" : "s");
    const double k = along(r.cases.front(), r.outcomes.front());
    if (r.cases.size() == 1) text += fmt::format(" Permeability {:.4g} m² ({:.4g} darcy).", k, k / flow::darcy);
    if (r.converged() < r.cases.size())
        text += fmt::format(" NOT CONVERGED: {} of them.", r.cases.size() - r.converged());
    return text;
}

}  // namespace

void report_flow(run::Run& run, const FlowSettings& keys, const FlowResults& r) {
    if (r.converged() < r.cases.size())
        run.context.log.warning("{} of {} flows not converged after convergence.max_steps = {} steps",
                                r.cases.size() - r.converged(), r.cases.size(), keys.convergence.max_steps);
    Papers papers(run, "Flow through a pore space", summary_text(keys, r));
    const bool gas = keys.fluid.kind == FluidKeys::Kind::gas;
    papers.put_together([&] {
        papers.text([](report::Report& report) { report.section("Permeability"); });
        papers.table("flows", flow_table(r));
        if (gas) papers.table("gas", gas_table(keys, r));
        if (!keys.published.empty()) papers.table("published", published_table(keys));
        if (keys.drive.axes.size() == 3) papers.table("permeability_tensor", tensor_table(r));
        if (gas && keys.fluid.pressures.size() > 1) papers.figure(pressure_figure(r));
        if (r.rocks.size() > 1) papers.figure(drag_figure(r));
        papers.text([](report::Report& report) { report.section("Velocities"); });
        papers.figure(slice_montage(r));
        papers.figure(streamline_montage(r));
        papers.figure(histogram_figure(r));
    });
}

}  // namespace protolith::jobs
