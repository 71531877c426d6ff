// Wide layout: one row per point, so that a spreadsheet, pandas (comment="#") and gnuplot read it as it is.
#include "report/curve_csv.hpp"

#include "report/text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace protolith::report {
namespace {

bool same_x(const Figure& figure) {
    const auto& curves = figure.curves;
    return std::all_of(curves.begin(), curves.end(), [&](const Curve& curve) { return curve.x == curves.front().x; });
}

struct Column {
    std::string name;
    const std::vector<double>* values;
};

std::vector<Column> columns_of(const Figure& figure) {
    std::vector<Column> columns;
    const bool shared = same_x(figure);
    for (std::size_t i = 0; i < figure.curves.size(); ++i) {
        const Curve& curve = figure.curves[i];
        const std::string name = curve.label.empty() ? figure.y_label : curve.label;
        if (shared && i == 0) columns.push_back({figure.x_label, &curve.x});
        if (!shared) columns.push_back({fmt::format("{}: {}", name, figure.x_label), &curve.x});
        columns.push_back({name, &curve.y});
        if (curve.low.empty()) continue;
        columns.push_back({name + " low", &curve.low});
        columns.push_back({name + " high", &curve.high});
    }
    return columns;
}

std::string comment(std::string_view key, std::string_view value) {
    std::string line = clean_utf8(value);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line.empty() ? std::string() : fmt::format("# {}{}\n", key, line);
}

/// "function (1 F2, 2 F4)" for an axis with names, else its label.
std::string x_meaning(const Figure& figure) {
    std::string names;
    for (std::size_t k = 0; k < figure.x_names.size(); ++k)
        names += fmt::format("{}{} {}", k == 0 ? " (" : ", ", k + 1, figure.x_names[k]);
    return figure.x_label + (names.empty() ? "" : names + ")");
}

}  // namespace

std::vector<CurveColumns> curve_columns(const Figure& figure) {
    std::vector<CurveColumns> result;
    const bool shared = same_x(figure);
    int next = shared ? 2 : 1;
    for (const Curve& curve : figure.curves) {
        const int x = shared ? 1 : next++;
        const int y = next++;
        const bool band = !curve.low.empty();
        result.push_back({x, y, band ? next : 0, band ? next + 1 : 0});
        if (band) next += 2;
    }
    return result;
}

std::string curve_csv(const Figure& figure) {
    std::string out = comment("", figure.title) + comment("", figure.caption) + comment("x: ", x_meaning(figure)) +
                      comment("y: ", figure.y_label);
    const std::vector<Column> columns = columns_of(figure);
    std::size_t rows = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (c) out += ',';
        out += csv_field(columns[c].name);
        rows = std::max(rows, columns[c].values->size());
    }
    out += '\n';
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const std::vector<double>& values = *columns[c].values;
            if (c) out += ',';
            if (row >= values.size()) continue;
            out += std::isnan(values[row]) ? "nan" : fmt::format("{}", values[row]);
        }
        out += '\n';
    }
    return out;
}

}  // namespace protolith::report
