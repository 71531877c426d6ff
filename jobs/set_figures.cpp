#include "set_figures.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::jobs {

namespace {

using descriptors::Band;
using descriptors::function_table;

report::Curve curve_of(const Band& band, const std::string& label, bool with_band) {
    report::Curve curve{label, band.mean.r, band.mean.value};
    if (with_band && band.images > 1) {
        curve.low = band.low;
        curve.high = band.high;
    }
    return curve;
}

/// A label that tells how many images a set has.
std::string label_of(const SetDescriptors& set) {
    return set.images == 1 ? set.label : fmt::format("{} ({} images)", set.label, set.images);
}

template <class Select>
report::Figure panel(const std::vector<SetDescriptors>& sets, const std::string& name, const std::string& title,
                     const std::string& x_label, const std::string& y_label, Select&& select) {
    report::Figure figure;
    figure.name = name;
    figure.title = title;
    figure.x_label = x_label;
    figure.y_label = y_label;
    for (const auto& set : sets)
        if (const Band& band = select(set); band.images > 0)
            figure.curves.push_back(curve_of(band, label_of(set), true));
    return figure;
}

/// Where the densities of all sets have fallen below a thousandth of their greatest value.
void cut_tail(report::Figure& figure) {
    double peak = 0, last = 0;
    for (const auto& c : figure.curves)
        for (double y : c.y) peak = std::max(peak, std::isfinite(y) ? y : 0.0);
    for (const auto& c : figure.curves)
        for (std::size_t i = 0; i < c.x.size(); ++i)
            if (c.y[i] > 1e-3 * peak) last = std::max(last, c.x[i]);
    if (last > 0) figure.x_range = {0.0, last * 1.05};
}

}  // namespace

report::PanelFigure functions_figure(const std::vector<SetDescriptors>& sets) {
    report::PanelFigure figure{"correlation_functions",
                               "Functions of distance",
                               {},
                               "Mean over the images of each set, with the 95 % confidence band of the mean.",
                               3};
    for (std::size_t f = 0; f < function_table().size(); ++f) {
        const auto& info = function_table()[f];
        figure.panels.push_back(panel(sets, info.symbol, info.long_name, "distance r (px)",
                                      std::string(info.symbol) + "(r)",
                                      [f](const SetDescriptors& s) -> const Band& { return s.functions[f]; }));
    }
    return figure;
}

report::PanelFigure scaled_figure(const std::vector<SetDescriptors>& sets) {
    report::PanelFigure figure{"scaled_functions",
                               "Scaled functions Fn(r) = (Pn − φⁿ)/(φ − φⁿ)",
                               {},
                               "1 at r = 0; 0 where the vertices are independent.",
                               3};
    for (std::size_t f = 0; f < function_table().size(); ++f) {
        const auto& info = function_table()[f];
        if (info.points < 2) continue;
        auto one = panel(sets, info.scaled, info.long_name, "distance r (px)", std::string(info.scaled) + "(r)",
                         [f](const SetDescriptors& s) -> const Band& { return s.scaled[f]; });
        one.guides.push_back({report::Guide::Direction::horizontal, 0.0, ""});
        if (!one.curves.empty()) figure.panels.push_back(std::move(one));
    }
    return figure;
}

report::PanelFigure distributions_figure(const std::vector<SetDescriptors>& sets) {
    report::PanelFigure figure{"distributions",
                               "Chord length, pore size, local thickness, power spectrum",
                               {},
                               "Densities per pixel; the spectrum is averaged over directions.",
                               2};
    figure.panels.push_back(panel(sets, "chord_length", "chord length density", "chord length (px)", "density (1/px)",
                                  [](const SetDescriptors& s) -> const Band& { return s.chord_length_density; }));
    figure.panels.push_back(panel(sets, "pore_size", "pore size density", "distance to the other phase (px)",
                                  "density (1/px)",
                                  [](const SetDescriptors& s) -> const Band& { return s.pore_size_density; }));
    figure.panels.push_back(panel(sets, "local_thickness", "local thickness density", "local thickness (px)",
                                  "density (1/px)",
                                  [](const SetDescriptors& s) -> const Band& { return s.thickness_density; }));
    figure.panels.push_back(panel(sets, "power_spectrum", "power spectrum", "wavenumber (1/px)", "power",
                                  [](const SetDescriptors& s) -> const Band& { return s.power_spectrum; }));
    cut_tail(figure.panels[0]);
    cut_tail(figure.panels[1]);
    cut_tail(figure.panels[2]);
    figure.panels[3].log_x = figure.panels[3].log_y = true;
    return figure;
}

report::Table error_table(const std::vector<SetDescriptors>& sets, std::size_t reference) {
    report::Table table{fmt::format("Mean square error against '{}'", sets[reference].label), {{"set"}}};
    for (const auto& info : function_table())
        table.columns.push_back({info.points >= 2 ? info.scaled : info.symbol, "",
                                 sets.size() > 2 ? report::Best::lowest : report::Best::none, 3});
    for (std::size_t s = 0; s < sets.size(); ++s) {
        if (s == reference) continue;
        std::vector<report::Cell> row{sets[s].label};
        for (double error : descriptors::mean_square_errors(sets[s], sets[reference])) row.emplace_back(error);
        table.add(std::move(row));
    }
    table.footnotes.push_back(
        "Mean over the common distances r of the squared difference of the sets' mean curves; scaled functions Fn "
        "where they exist.");
    for (const auto& set : sets)
        if (!set.undefined_because.empty())
            table.footnotes.push_back(set.label + ": Fn is undefined, " + set.undefined_because);
    return table;
}

report::Table pair_table(const std::vector<SetDescriptors>& sets) {
    report::Table table{"Mean square error of every pair of sets", {{"set"}, {"against"}}};
    for (const auto& info : function_table())
        table.columns.push_back({info.points >= 2 ? info.scaled : info.symbol, "", report::Best::none, 3});
    for (std::size_t a = 0; a < sets.size(); ++a)
        for (std::size_t b = a + 1; b < sets.size(); ++b) {
            std::vector<report::Cell> row{sets[a].label, sets[b].label};
            for (double error : descriptors::mean_square_errors(sets[a], sets[b])) row.emplace_back(error);
            table.add(std::move(row));
        }
    return table;
}

report::Table number_table(const std::vector<SetDescriptors>& sets) {
    report::Table table{"Numbers: mean over the images, ± standard deviation", {{"quantity"}, {"unit"}}};
    for (const auto& set : sets) table.columns.push_back({label_of(set)});
    for (std::size_t n = 0; n < descriptors::number_table().size(); ++n) {
        const auto& info = descriptors::number_table()[n];
        std::vector<report::Cell> row{info.long_name, std::string(info.units) == "1" ? "" : info.units};
        for (const auto& set : sets) {
            const auto& values = set.numbers[n];
            double sum = 0, squares = 0;
            for (double v : values) sum += v;
            const double mean = sum / static_cast<double>(values.size());
            for (double v : values) squares += (v - mean) * (v - mean);
            const double deviation =
                values.size() > 1 ? std::sqrt(squares / static_cast<double>(values.size() - 1)) : 0;
            row.emplace_back(values.size() > 1 ? fmt::format("{:.4g} ± {:.2g}", mean, deviation)
                                               : fmt::format("{:.4g}", mean));
        }
        table.add(std::move(row));
    }
    return table;
}

void write_sets(io::ResultFile& file, const std::vector<SetDescriptors>& sets) {
    std::vector<std::string> labels;
    std::vector<std::int64_t> images;
    for (const auto& set : sets) {
        labels.push_back(set.label);
        images.push_back(static_cast<std::int64_t>(set.images));
    }
    file.dimension("set", sets.size(), "set of images");
    file.write_text("set_label", {"set"}, labels, {"", "name of the set", {}});
    file.write("set_images", {"set"}, images, {"1", "images in the set", {}});

    const auto write_bands = [&](const std::string& dataset, const std::string& axis, const std::string& units,
                                 const std::string& long_name, auto&& select) {
        std::size_t size = 0;
        for (const auto& set : sets) size = std::max(size, select(set).mean.value.size());
        std::vector<double> mean, low, high;
        for (const auto& set : sets) {
            const Band& band = select(set);
            for (auto [to, from] :
                 {std::pair{&mean, &band.mean.value}, std::pair{&low, &band.low}, std::pair{&high, &band.high}}) {
                to->insert(to->end(), from->begin(), from->end());
                to->resize(to->size() + size - from->size(), std::nan(""));
            }
        }
        file.write(dataset, {"set", axis}, mean, {units, long_name, {}});
        file.write(dataset + "_low", {"set", axis}, low,
                   {units, long_name + ", lower end of the 95 % band of the mean", {}});
        file.write(dataset + "_high", {"set", axis}, high,
                   {units, long_name + ", upper end of the 95 % band of the mean", {}});
    };
    /// The longest abscissa among the sets becomes the dimension.
    const auto axis_of = [&](const std::string& name, const std::string& units, const std::string& long_name,
                             auto&& select) {
        const Band* longest = &select(sets.front());
        for (const auto& set : sets)
            if (select(set).mean.r.size() > longest->mean.r.size()) longest = &select(set);
        file.dimension(name, longest->mean.r, units, long_name);
    };
    for (std::size_t f = 0; f < function_table().size(); ++f) {
        const auto& info = function_table()[f];
        const std::string axis = std::string("r_") + info.symbol;
        const auto function = [f](const SetDescriptors& s) -> const Band& { return s.functions[f]; };
        axis_of(axis, "pixel", "distance r", function);
        write_bands(info.dataset, axis, "1", info.long_name, function);
        if (info.points >= 2)
            write_bands(std::string(info.dataset) + "_scaled", axis, "1", std::string("scaled ") + info.long_name,
                        [f](const SetDescriptors& s) -> const Band& { return s.scaled[f]; });
    }
    const auto chord = [](const SetDescriptors& s) -> const Band& { return s.chord_length_density; };
    const auto pore = [](const SetDescriptors& s) -> const Band& { return s.pore_size_density; };
    const auto spectrum = [](const SetDescriptors& s) -> const Band& { return s.power_spectrum; };
    axis_of("chord_length", "pixel", "chord length", chord);
    write_bands("chord_length_density", "chord_length", "1/pixel", "chord length density", chord);
    axis_of("pore_size", "pixel", "distance to the other phase", pore);
    write_bands("pore_size_density", "pore_size", "1/pixel", "pore size density", pore);
    const auto thickness = [](const SetDescriptors& s) -> const Band& { return s.thickness_density; };
    axis_of("local_thickness", "pixel", "local thickness", thickness);
    write_bands("local_thickness_density", "local_thickness", "1/pixel", "local thickness density", thickness);
    axis_of("wavenumber", "1/pixel", "wavenumber", spectrum);
    write_bands("power_spectrum", "wavenumber", "1", "radially averaged power spectrum", spectrum);
    for (std::size_t n = 0; n < descriptors::number_table().size(); ++n) {
        const auto& info = descriptors::number_table()[n];
        std::vector<double> mean;
        for (const auto& set : sets) {
            double sum = 0;
            for (double v : set.numbers[n]) sum += v;
            mean.push_back(sum / static_cast<double>(set.numbers[n].size()));
        }
        file.write(info.name, {"set"}, mean,
                   {info.units, std::string(info.long_name) + ", mean over the images of the set", {}});
    }
}

}  // namespace protolith::jobs
