// Validation and the files of a figure.
#include "report/figure.hpp"

#include "base/error.hpp"
#include "io/durable.hpp"
#include "report/curve_csv.hpp"
#include "report/curve_script.hpp"
#include "report/gnuplot.hpp"
#include "report/stem.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

namespace protolith::report {
namespace {

void validate_range(const Figure& figure, const char* axis, const std::optional<std::pair<double, double>>& range,
                    bool logarithmic) {
    if (!range) return;
    const auto [low, high] = *range;
    require(std::isfinite(low) && std::isfinite(high) && low < high,
            "figure {}: {} range from {} to {}, expected low < high", figure.name, axis, low, high);
    require(!logarithmic || low > 0, "figure {}: {} range begins at {}, expected > 0 on a logarithmic axis",
            figure.name, axis, low);
}

}  // namespace

void validate(const Figure& figure) {
    require_stem(figure.name);
    for (const Curve& curve : figure.curves) {
        require(curve.x.size() == curve.y.size(), "figure {}, curve '{}': {} values of x and {} of y", figure.name,
                curve.label, curve.x.size(), curve.y.size());
        require(curve.low.size() == curve.high.size() && (curve.low.empty() || curve.low.size() == curve.x.size()),
                "figure {}, curve '{}': band of {} low and {} high values for {} points", figure.name, curve.label,
                curve.low.size(), curve.high.size(), curve.x.size());
    }
    validate_range(figure, "x", figure.x_range, figure.log_x);
    validate_range(figure, "y", figure.y_range, figure.log_y);
}

void validate(const PanelFigure& figure) {
    require_stem(figure.name);
    require(!figure.panels.empty(), "figure {}: no panels", figure.name);
    std::set<std::string> names;
    for (const Figure& panel : figure.panels) {
        validate(panel);
        require(names.insert(panel.name).second, "figure {}: two panels are named {}", figure.name, panel.name);
    }
}

std::string write_sources(const std::filesystem::path& directory, const Figure& figure) {
    validate(figure);
    remove_pictures(directory, figure.name);
    io::write_atomically(directory / (figure.name + ".csv"), curve_csv(figure), io::Flush::no);
    io::write_atomically(directory / (figure.name + ".gp"), curve_script(figure), io::Flush::no);
    return figure.name + ".gp";
}

std::string write_sources(const std::filesystem::path& directory, const PanelFigure& figure) {
    validate(figure);
    remove_pictures(directory, figure.name);
    for (const Figure& panel : figure.panels)
        io::write_atomically(directory / panel_csv_name(figure, panel), curve_csv(panel), io::Flush::no);
    io::write_atomically(directory / (figure.name + ".gp"), panel_script(figure), io::Flush::no);
    return figure.name + ".gp";
}

std::string write_figure(const std::filesystem::path& directory, const Figure& figure) {
    return draw(directory, {write_sources(directory, figure)});
}

std::string write_figure(const std::filesystem::path& directory, const PanelFigure& figure) {
    return draw(directory, {write_sources(directory, figure)});
}

}  // namespace protolith::report
