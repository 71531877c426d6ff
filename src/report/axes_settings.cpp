// Thin frame on two sides, light grid, ticks outside: the data are the darkest thing in the picture.
#include "report/axes_settings.hpp"

#include "report/palette.hpp"
#include "report/script_frame.hpp"
#include "report/text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace protolith::report {
namespace {

/// A number of the data as it is drawn: divided by the axis's power of ten.
double drawn(double value, const Axis& axis) {
    return axis.exponent == 0 ? value : value * std::pow(10.0, -axis.exponent);
}

/// Ticks at 1, 2 or 5 times a power of ten, all with the same number of decimals.
std::string linear_ticks(char letter, const Axis& axis) {
    const double width = drawn(axis.high, axis) - drawn(axis.low, axis), rough = width / 6;
    const int power = static_cast<int>(std::floor(std::log10(rough)));
    const double leading = rough / std::pow(10.0, power);
    const int digit = leading < 1.5 ? 1 : leading < 3.5 ? 2 : leading < 7.5 ? 5 : 10;
    const int decimals = std::max(0, digit == 10 ? -power - 1 : -power);
    return fmt::format("    set {0}tics {1:g}\n    set format {0} '%.{2}f'\n", letter, digit * std::pow(10.0, power),
                       decimals);
}

/// Powers of ten; written out where they are short.
std::string decade_ticks(char letter, const Axis& axis) {
    const bool short_numbers = axis.low >= 0.01 && axis.high <= 10000;
    return fmt::format("    set {0}tics autofreq\n    set format {0} '{1}'\n", letter,
                       short_numbers ? "%g" : "10^{%T}");
}

std::string axis_settings(char letter, const Axis& axis, const std::string& label) {
    std::string out =
        fmt::format("    set {}range [{:.6g}:{:.6g}]\n", letter, drawn(axis.low, axis), drawn(axis.high, axis));
    out += fmt::format("    {} logscale {}\n", axis.logarithmic ? "set" : "unset", letter);
    out += axis.logarithmic ? decade_ticks(letter, axis) : linear_ticks(letter, axis);
    out += fmt::format("    set {}label {} textcolor rgb '{}'\n", letter, gnuplot_text(label), ink);
    return out;
}

/// Names at 1, 2, … in place of numbers.
std::string named_ticks(const std::vector<std::string>& names) {
    std::vector<std::string> ticks;
    for (std::size_t k = 0; k < names.size(); ++k) ticks.push_back(fmt::format("{} {}", gnuplot_text(names[k]), k + 1));
    return fmt::format("    set xtics ({})\n", fmt::join(ticks, ", "));
}

/// The power of ten taken out of an axis's numbers stands at the axis's end.
std::string exponent_labels(const Axes& axes) {
    const auto label = [](int exponent, const char* place) {
        return fmt::format("    set label '×10^{{{}}}' at {} textcolor rgb '{}' font ',10'\n",
                           exponent < 0 ? fmt::format("−{}", -exponent) : std::to_string(exponent), place, ink);
    };
    std::string out;
    if (axes.y.exponent != 0) out += label(axes.y.exponent, "graph 0, graph 1 left offset -1.5,0.7");
    if (axes.x.exponent != 0) out += label(axes.x.exponent, "graph 1, graph 0 right offset 0.5,-2.4");
    return out;
}

std::string guide_lines(const Figure& figure, const Axes& axes) {
    std::string out;
    for (const Guide& guide : figure.guides) {
        const bool level = guide.direction == Guide::Direction::horizontal;
        const Axis& axis = level ? axes.y : axes.x;
        if (!std::isfinite(guide.at) || !(axis.fraction(guide.at) >= 0 && axis.fraction(guide.at) <= 1)) continue;
        const double at = drawn(guide.at, axis);
        const std::string from =
            level ? fmt::format("graph 0, first {:.9g}", at) : fmt::format("first {:.9g}, graph 0", at);
        const std::string to =
            level ? fmt::format("graph 1, first {:.9g}", at) : fmt::format("first {:.9g}, graph 1", at);
        out += fmt::format("    set arrow from {} to {} nohead back lw 0.9 dt (4,4) lc rgb '#808080'\n", from, to);
        if (guide.label.empty()) continue;
        const std::string place = level ? fmt::format("graph 1, first {:.9g} left offset 0.6,0", at)
                                        : fmt::format("first {:.9g}, graph 1 center offset 0,0.6", at);
        out += fmt::format("    set label {} at {} textcolor rgb '#6B6B6B' font ',10'\n", gnuplot_text(guide.label),
                           place);
    }
    return out;
}

std::string legend_setting(Legend place) {
    switch (place) {
        case Legend::none:
            return "    unset key\n";
        case Legend::below:
            return "    set key bmargin center horizontal Left reverse samplen 2.2 textcolor rgb '#262626' font "
                   "',10'\n";
        case Legend::top_right:
            return "    set key inside top right vertical Left reverse samplen 2.2 textcolor rgb '#262626' font "
                   "',10'\n";
        case Legend::top_left:
            return "    set key inside top left vertical Left reverse samplen 2.2 textcolor rgb '#262626' font ',10'\n";
        case Legend::bottom_left:
            return "    set key inside bottom left vertical Left reverse samplen 2.2 textcolor rgb '#262626' font "
                   "',10'\n";
        case Legend::bottom_right:
            return "    set key inside bottom right vertical Left reverse samplen 2.2 textcolor rgb '#262626' font "
                   "',10'\n";
    }
    return {};
}

/// Room for what stands outside the axes, in lines and characters: names of horizontal guides, tick labels, a legend
/// below.
std::string margins(const Figure& figure, Legend legend, double width) {
    std::size_t longest = 0;
    for (const Guide& guide : figure.guides)
        if (guide.direction == Guide::Direction::horizontal) longest = std::max(longest, display_width(guide.label));
    const std::size_t right = longest == 0 ? 3 : std::max<std::size_t>(3, longest + 2);
    const double below = legend == Legend::below ? 0.5 + 1.05 * static_cast<double>(legend_rows(figure, width)) : 0;
    return fmt::format("    set lmargin 9\n    set rmargin {}\n    set bmargin {:g}\n\n", right, 3.6 + below);
}

/// The title, above the names of vertical guides.
std::string title_setting(const Figure& figure, std::size_t width) {
    if (figure.title.empty()) return "    unset title\n";
    const bool raised = std::any_of(figure.guides.begin(), figure.guides.end(), [](const Guide& guide) {
        return guide.direction == Guide::Direction::vertical && !guide.label.empty();
    });
    return fmt::format("    set title {} offset 0,{} textcolor rgb '{}'\n", title_text(figure.title, width),
                       raised ? 0.7 : 0, ink);
}

}  // namespace

std::string axes_settings(const Figure& figure, const Axes& axes, Legend legend, const Room& room) {
    std::string out = "    unset label\n    unset arrow\n    unset object\n";
    out += title_setting(figure, room.title_width);
    out += fmt::format("    set border 3 lw 0.9 lc rgb '{}'\n", frame);
    out += fmt::format("    set tics nomirror out scale 0.5,0.25 textcolor rgb '{}' font ',10'\n", ink);
    out += fmt::format("    set grid back lt 1 lw 0.6 lc rgb '{}'\n", grid);
    out += axis_settings('x', axes.x, figure.x_label) + axis_settings('y', axes.y, figure.y_label);
    if (!figure.x_names.empty()) out += named_ticks(figure.x_names);
    out += exponent_labels(axes) + guide_lines(figure, axes);
    const Remarks remarks = remarks_on(figure);
    if (!remarks.margin.empty())
        out +=
            fmt::format("    set label {} at graph 1, graph 1 right offset 0,0.6 textcolor rgb '#6B6B6B' font ',9'\n",
                        gnuplot_text(remarks.margin));
    if (!remarks.centre.empty())
        out += fmt::format("    set label {} at graph 0.5, graph 0.5 center textcolor rgb '#6B6B6B'\n",
                           gnuplot_text(remarks.centre));
    return out + legend_setting(legend) + margins(figure, legend, room.width);
}

}  // namespace protolith::report
