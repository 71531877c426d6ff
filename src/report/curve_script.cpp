// One axes is its settings and its plot command; a panel figure repeats them at an origin of its own.
#include "report/curve_script.hpp"

#include "report/axes_settings.hpp"
#include "report/axis.hpp"
#include "report/legend.hpp"
#include "report/palette.hpp"
#include "report/plot_command.hpp"
#include "report/script_frame.hpp"
#include "report/text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace protolith::report {
namespace {

constexpr double panel_width = 340, panel_height = 260, title_height = 26, legend_row = 16;

bool same_labels(const PanelFigure& figure) {
    const auto labels = [](const Figure& panel) {
        std::vector<std::string> result;
        for (const Curve& curve : panel.curves) result.push_back(curve.label);
        return result;
    };
    return figure.panels.size() > 1 && figure.panels.front().curves.size() > 1 &&
           std::all_of(figure.panels.begin(), figure.panels.end(),
                       [&](const Figure& panel) { return labels(panel) == labels(figure.panels.front()); });
}

/// Where panel k stands on the canvas, as fractions counted from the lower left corner.
struct Layout {
    std::size_t columns, rows;
    Canvas canvas;
    double above, below;  ///< points for the title and for the shared legend

    Layout(const PanelFigure& figure, bool shared_legend) {
        const std::size_t count = figure.panels.size();
        columns = figure.columns ? std::min(figure.columns, count) : count <= 3 ? count : count == 4 ? 2 : 3;
        rows = (count + columns - 1) / columns;
        above = figure.title.empty() ? 0 : title_height;
        const double across = panel_width * static_cast<double>(columns);
        below = shared_legend ? legend_row * static_cast<double>(legend_rows(figure.panels.front(), across)) + 12 : 0;
        canvas = {across, panel_height * static_cast<double>(rows) + above + below};
    }

    std::string place(std::size_t k) const {
        const double left = panel_width * static_cast<double>(k % columns);
        const double bottom = below + panel_height * static_cast<double>(rows - 1 - k / columns);
        return fmt::format("    set origin {:.5f},{:.5f}\n    set size {:.5f},{:.5f}\n", left / canvas.width,
                           bottom / canvas.height, panel_width / canvas.width, panel_height / canvas.height);
    }
};

/// Dash patterns that hold in every panel, so that one legend serves them all.
std::vector<int> shared_dashes(const PanelFigure& figure) {
    std::vector<int> result(figure.panels.front().curves.size(), 0);
    for (const Figure& panel : figure.panels) {
        const std::vector<int> own = coincidences(panel, axes_of(panel));
        for (std::size_t i = 0; i < result.size(); ++i) result[i] = std::max(result[i], own[i]);
    }
    return result;
}

std::string shared_legend_strip(const PanelFigure& figure, const Layout& layout) {
    const Axes axes = axes_of(figure.panels.front());
    std::string out =
        "\n    # the legend of all panels\n    unset title; unset xlabel; unset ylabel; unset label; unset arrow\n";
    out += "    unset border; unset tics; unset grid; unset logscale; set xrange [0:1]; set yrange [0:1]\n";
    out += fmt::format("    set origin 0,0\n    set size 1,{:.5f}\n", layout.below / layout.canvas.height);
    out += "    set lmargin 0; set rmargin 0; set tmargin 0; set bmargin 0\n";
    out += "    set key center center horizontal Left reverse samplen 2.2 font ',10'\n";
    return out + PlotCommand(figure.panels.front(), axes, "", shared_dashes(figure)).legend_text();
}

}  // namespace

std::string curve_script(const Figure& figure) {
    constexpr double width = 390, height = 255;
    const Axes axes = axes_of(figure);
    const Legend legend = legend_place(figure, axes, width, height);
    const double below = legend == Legend::below ? legend_row * static_cast<double>(legend_rows(figure, width)) : 0;
    std::string out =
        script_head(figure.name, figure.title, figure.caption, figure.name + ".csv", {480, std::round(340 + below)});
    out += axes_settings(figure, axes, legend, {width, 62});
    const PlotCommand plot(figure, axes, figure.name + ".csv", coincidences(figure, axes));
    return out + plot.text(legend != Legend::none) + script_foot();
}

std::string panel_csv_name(const PanelFigure& figure, const Figure& panel) {
    return figure.name + "_" + panel.name + ".csv";
}

std::string panel_script(const PanelFigure& figure) {
    const bool shared = same_labels(figure);
    const Layout layout(figure, shared);
    std::string out = script_head(figure.name, figure.title, figure.caption, figure.name + "_*.csv", layout.canvas);
    out += "    set multiplot";
    if (!figure.title.empty())
        out += fmt::format(" title {} font ',12' textcolor rgb '{}'", title_text(figure.title, 90), ink);
    out += "\n";
    for (std::size_t k = 0; k < figure.panels.size(); ++k) {
        const Figure& panel = figure.panels[k];
        const Axes axes = axes_of(panel);
        const Legend legend = shared ? Legend::none : legend_place(panel, axes, panel_width - 80, panel_height - 80);
        const std::string letter(1, static_cast<char>('a' + k % 26));
        out += fmt::format("\n    # ({})\n{}", letter, layout.place(k));
        out += axes_settings(panel, axes, legend, {panel_width - 80, 40});
        const auto title_lines = static_cast<double>(wrapped(panel.title, 40).size());
        out += fmt::format("    set tmargin {:g}\n", 2.6 + 1.1 * std::max(0.0, title_lines - 1));
        out += fmt::format(
            "    set label '{{/:Bold ({})}}' at graph 0, graph 1 left offset -7.5,1 textcolor rgb '{}'\n", letter, ink);
        out += PlotCommand(panel, axes, panel_csv_name(figure, panel),
                           shared ? shared_dashes(figure) : coincidences(panel, axes))
                   .text(legend != Legend::none);
    }
    if (shared) out += shared_legend_strip(figure, layout);
    return out + "    unset multiplot\n" + script_foot();
}

}  // namespace protolith::report
