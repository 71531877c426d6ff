// A column is fixed-point where its values span few decades, and scientific otherwise.
#include "report/table_format.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace protolith::report {
namespace {

/// Form of a column's numbers.
struct Form {
    bool scientific = false;
    int decimals = 0;
};

Form form_of(const std::vector<double>& values, int digits) {
    double least = std::numeric_limits<double>::infinity(), most = 0;
    bool whole = true;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        most = std::max(most, std::abs(value));
        if (value != 0) least = std::min(least, std::abs(value));
        whole = whole && value == std::round(value);
    }
    if (most == 0) return {};
    if (whole && most < 1e6) return {};
    if (most >= 1e6 || least < 1e-4 || most / least > 1e5) return {true, digits - 1};
    const int of_most = digits - 1 - static_cast<int>(std::floor(std::log10(most)));
    const int of_least = digits - 1 - static_cast<int>(std::floor(std::log10(least)));
    return {false, std::max(0, std::min(of_least, of_most + 1))};
}

std::string exponent_in_superscript(int exponent) {
    static constexpr const char* figures[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string out = exponent < 0 ? "⁻" : "";
    for (const char c : std::to_string(std::abs(exponent))) out += figures[c - '0'];
    return out;
}

std::string shown_number(double value, Form form, Notation notation) {
    if (std::isnan(value)) return "–";
    const bool typographic = notation == Notation::typographic;
    const std::string minus = !std::signbit(value) ? "" : typographic ? "−" : "-";
    if (std::isinf(value)) return minus + (typographic ? "∞" : "inf");
    const double size = std::abs(value);
    if (!form.scientific) return minus + fmt::format("{:.{}f}", size, form.decimals);
    if (size == 0) return "0";
    const std::string number = fmt::format("{:.{}e}", size, form.decimals);
    const std::size_t e = number.find('e');
    if (!typographic) return minus + number;
    return minus + number.substr(0, e) + "×10" + exponent_in_superscript(std::stoi(number.substr(e + 1)));
}

std::string shown_cell(const Cell& cell, Form form, Notation notation) {
    if (const auto* text = std::get_if<std::string>(&cell.value())) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&cell.value())) {
        const std::string digits = std::to_string(*whole);
        return *whole < 0 && notation == Notation::typographic ? "−" + digits.substr(1) : digits;
    }
    if (const auto* number = std::get_if<double>(&cell.value())) return shown_number(*number, form, notation);
    return {};
}

}  // namespace

std::string heading(const Column& column) {
    return column.unit.empty() ? column.name : fmt::format("{} ({})", column.name, column.unit);
}

ShownTable shown(const Table& table, Notation notation) {
    const std::size_t rows = table.rows.size(), columns = table.columns.size();
    ShownTable result{
        std::vector(rows, std::vector<std::string>(columns)), std::vector(rows, std::vector<bool>(columns, false)), {}};
    for (std::size_t c = 0; c < columns; ++c) {
        std::vector<double> reals, numbers;
        bool texts = false;
        for (const auto& row : table.rows) {
            if (std::holds_alternative<double>(row[c].value())) reals.push_back(row[c].number());
            if (row[c].is_number() && !std::isnan(row[c].number())) numbers.push_back(row[c].number());
            texts = texts || std::holds_alternative<std::string>(row[c].value());
        }
        const Form form = form_of(reals, table.columns[c].digits);
        const Best rule = table.columns[c].best;
        const bool ranked = rule != Best::none && numbers.size() > 1;
        const double best = !ranked                ? 0
                            : rule == Best::lowest ? *std::min_element(numbers.begin(), numbers.end())
                                                   : *std::max_element(numbers.begin(), numbers.end());
        for (std::size_t r = 0; r < rows; ++r) {
            const Cell& cell = table.rows[r][c];
            result.cells[r][c] = shown_cell(cell, form, notation);
            result.best[r][c] = ranked && cell.is_number() && cell.number() == best;
        }
        result.numeric.push_back(!texts && rows > 0);
    }
    return result;
}

}  // namespace protolith::report
