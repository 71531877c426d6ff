// Curves that lie upon one another stay visible: the first is drawn wide, later ones thin and, where they coincide,
// dashed.
#include "report/plot_command.hpp"

#include "report/palette.hpp"
#include "report/text.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace protolith::report {
namespace {

constexpr std::size_t most_points = 4000;  // per curve and picture: more cannot be seen and make the SVG heavy
constexpr std::array<const char*, 4> dashes{"solid", "(12,8)", "(4,8)", "(14,6,4,6)"};
constexpr std::array<int, 7> point_types{7, 5, 9, 13, 11, 6, 4};

/// gnuplot's column, scaled as `drawn` and, for the edge of a band on a logarithmic axis, held above the axis's low
/// end.
std::string column(int number, const Axis& axis, bool edge = false) {
    if (axis.logarithmic && edge) return fmt::format("(${0} > {1:g} ? ${0} : {1:g})", number, axis.low);
    return axis.exponent == 0 ? std::to_string(number) : fmt::format("(${}*1e{})", number, -axis.exponent);
}

/// Whether some drawable point has no drawable neighbour, so that a line alone would not show it.
bool has_lone_point(const Figure& figure, const Curve& curve) {
    const auto shown = [&](std::size_t i) { return i < curve.x.size() && drawable(figure, curve.x[i], curve.y[i]); };
    for (std::size_t i = 0; i < curve.x.size(); ++i)
        if (shown(i) && !shown(i + 1) && !(i > 0 && shown(i - 1))) return true;
    return false;
}

}  // namespace

PlotCommand::PlotCommand(const Figure& figure, const Axes& axes, const std::string& csv, std::vector<int> dashed)
    : figure_(figure),
      axes_(axes),
      csv_(gnuplot_path(csv)),
      columns_(curve_columns(figure)),
      dashed_(std::move(dashed)) {}

bool PlotCommand::has_band(std::size_t i) const { return columns_[i].low != 0 && drawable(figure_, figure_.curves[i]); }

/// The CSV without its line of names; every k-th point of a very long curve.
std::string PlotCommand::data(std::size_t i, const std::string& columns) const {
    const std::size_t step = (figure_.curves[i].x.size() + most_points - 1) / most_points;
    return fmt::format("{} using {}:{} every {}::1", csv_, column(columns_[i].x, axes_.x), columns,
                       step > 1 ? std::to_string(step) : "");
}

std::string PlotCommand::band(std::size_t i) const {
    const std::string edges = column(columns_[i].low, axes_.y, true) + ":" + column(columns_[i].high, axes_.y, true);
    return fmt::format("{} with filledcurves fill transparent solid 0.18 noborder lc rgb '{}' notitle", data(i, edges),
                       line_colour(i, figure_.curves.size()));
}

/// Bars from low to high without caps. Vectors, because gnuplot's error bars blank a box about the point; none
/// where y is undefined.
std::string PlotCommand::error_bars(std::size_t i) const {
    const std::string low = column(columns_[i].low, axes_.y, true), high = column(columns_[i].high, axes_.y, true);
    const auto value = [](const std::string& text) { return text.front() == '(' ? text : "($" + text + ")"; };
    return fmt::format("{} with vectors nohead lw 1.1 lc rgb '{}' notitle",
                       data(i, fmt::format("{}:(0):({}-{}+0*${})", low, value(high), value(low), columns_[i].y)),
                       line_colour(i, figure_.curves.size()));
}

std::string PlotCommand::look(std::size_t i) const {
    const char* hue = line_colour(i, figure_.curves.size());
    const int point = point_types[i % point_types.size()];
    if (style(i) == Style::points) return fmt::format("with points pt {} ps 0.45 lc rgb '{}'", point, hue);
    if (style(i) == Style::histogram)
        return fmt::format("with boxes fill transparent solid 0.35 border lw 0.8 lc rgb '{}'", hue);
    const std::size_t dash = (static_cast<std::size_t>(dashed_[i]) + i / line_colours.size()) % dashes.size();
    const double width = i == 0 && figure_.curves.size() > 1 ? 2.4 : 1.7;
    const std::string line = fmt::format("lw {} dt {} lc rgb '{}'", width, dashes[dash], hue);
    if (has_lone_point(figure_, figure_.curves[i]))
        return fmt::format("with linespoints pt {} ps 0.45 {}", point, line);
    return "with lines " + line;
}

std::string PlotCommand::curve(std::size_t i, bool with_legend) const {
    const Curve& it = figure_.curves[i];
    const bool shown = drawable(figure_, it);
    const std::string title = !with_legend || it.label.empty()
                                  ? std::string("notitle")
                                  : "title " + gnuplot_text(shown ? it.label : it.label + " (not defined)");
    return fmt::format("{} {} {}", shown ? data(i, column(columns_[i].y, axes_.y)) : "NaN", look(i), title);
}

std::string PlotCommand::text(bool with_legend) const {
    std::vector<std::string> elements;
    for (std::size_t i = 0; i < figure_.curves.size(); ++i)
        if (has_band(i) && style(i) != Style::points) elements.push_back(band(i));
    for (std::size_t i = 0; i < figure_.curves.size(); ++i) {
        if (has_band(i) && style(i) == Style::points) elements.push_back(error_bars(i));
        elements.push_back(curve(i, with_legend));
    }
    if (elements.empty()) elements.push_back("NaN notitle");
    return fmt::format("    plot \\\n      {}\n", fmt::join(elements, ", \\\n      "));
}

std::string PlotCommand::legend_text() const {
    std::vector<std::string> elements;
    for (std::size_t i = 0; i < figure_.curves.size(); ++i)
        elements.push_back(fmt::format("NaN {} title {}", look(i), gnuplot_text(figure_.curves[i].label)));
    return fmt::format("    plot \\\n      {}\n", fmt::join(elements, ", \\\n      "));
}

}  // namespace protolith::report
