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

/// What the errors of a function are of: its scaled form where there is one.
std::string error_name(std::size_t function) {
    const auto& info = function_table()[function];
    return info.points >= 2 ? info.scaled : info.symbol;
}

/// Label and mean square errors, by function_table(), of every set but the reference.
std::vector<std::pair<std::string, std::vector<double>>> errors_against(const std::vector<SetDescriptors>& sets,
                                                                        std::size_t reference) {
    std::vector<std::pair<std::string, std::vector<double>>> errors;
    for (std::size_t s = 0; s < sets.size(); ++s)
        if (s != reference)
            errors.emplace_back(sets[s].label, descriptors::mean_square_errors(sets[s], sets[reference]));
    return errors;
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
    for (std::size_t f = 0; f < function_table().size(); ++f)
        table.columns.push_back({error_name(f), "", sets.size() > 2 ? report::Best::lowest : report::Best::none, 3});
    for (const auto& [label, errors] : errors_against(sets, reference)) {
        std::vector<report::Cell> row{label};
        row.insert(row.end(), errors.begin(), errors.end());
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

report::Table winner_table(const std::vector<SetDescriptors>& sets, std::size_t reference) {
    report::Table table{fmt::format("Nearest to '{}' in each function", sets[reference].label),
                        {{"function"},
                         {"winner"},
                         {"mean square error", "", report::Best::none, 3},
                         {"next"},
                         {"its error", "", report::Best::none, 3},
                         {"ratio", "", report::Best::none, 3}}};
    for (std::size_t f = 0; f < function_table().size(); ++f) {
        std::vector<std::pair<double, std::string>> ranked;
        for (const auto& [label, errors] : errors_against(sets, reference))
            if (std::isfinite(errors[f])) ranked.emplace_back(errors[f], label);
        if (ranked.size() < 2) continue;
        std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        table.add({error_name(f), ranked[0].first < ranked[1].first ? ranked[0].second : "equal", ranked[0].first,
                   ranked[1].second, ranked[1].first, ranked[1].first / ranked[0].first});
    }
    return table;
}

report::Figure error_figure(const std::vector<SetDescriptors>& sets, std::size_t reference) {
    report::Figure figure;
    figure.name = "error_by_function";
    figure.title = fmt::format("Mean square error against '{}'", sets[reference].label);
    figure.x_label = "function";
    figure.y_label = "mean square error";
    figure.log_y = true;
    figure.style = report::Style::points;
    for (std::size_t f = 0; f < function_table().size(); ++f) figure.x_names.push_back(error_name(f));
    figure.x_range = {0.5, static_cast<double>(figure.x_names.size()) + 0.5};
    for (const auto& [label, errors] : errors_against(sets, reference)) {
        report::Curve curve{label, {}, errors};
        for (std::size_t f = 0; f < errors.size(); ++f) curve.x.push_back(static_cast<double>(f + 1));
        figure.curves.push_back(std::move(curve));
    }
    figure.caption =
        "The lower the nearer: mean over the common distances of the squared difference of the mean curves.";
    return figure;
}

report::Table pair_table(const std::vector<SetDescriptors>& sets) {
    report::Table table{"Mean square error of every pair of sets", {{"set"}, {"against"}}};
    for (std::size_t f = 0; f < function_table().size(); ++f)
        table.columns.push_back({error_name(f), "", report::Best::none, 3});
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

}  // namespace protolith::jobs
