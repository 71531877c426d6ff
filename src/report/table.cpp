// The three written forms of a table.
#include "report/table.hpp"

#include "base/error.hpp"
#include "report/table_format.hpp"
#include "report/text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace protolith::report {
namespace {

std::string csv_cell(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell.value())) return csv_field(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&cell.value())) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&cell.value()))
        return std::isnan(*number) ? "nan" : fmt::format("{}", *number);
    return {};
}

std::string one_line(const std::string& text) {
    std::string line = clean_utf8(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

std::string padded(const std::string& text, std::size_t width, bool to_the_right) {
    const std::size_t own = display_width(text);
    const std::string blanks(width > own ? width - own : 0, ' ');
    return to_the_right ? blanks + text : text + blanks;
}

bool marks_a_best(const ShownTable& table, std::size_t column) {
    return std::any_of(table.best.begin(), table.best.end(), [&](const auto& row) { return row[column]; });
}

std::string without_end_blanks(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line + '\n';
}

}  // namespace

double Cell::number() const {
    if (const auto* whole = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*whole);
    return std::get<double>(value_);
}

void Table::add(std::vector<Cell> row) {
    require(row.size() == columns.size(), "table '{}': a row of {} cells for {} columns", title, row.size(),
            columns.size());
    rows.push_back(std::move(row));
}

std::string to_csv(const Table& table) {
    std::string out;
    if (!table.title.empty()) out += fmt::format("# {}\n", one_line(table.title));
    for (const std::string& footnote : table.footnotes) out += fmt::format("# {}\n", one_line(footnote));
    std::vector<std::string> line;
    for (const Column& column : table.columns) line.push_back(csv_field(heading(column)));
    out += fmt::format("{}\n", fmt::join(line, ","));
    for (const auto& row : table.rows) {
        line.clear();
        for (const Cell& cell : row) line.push_back(csv_cell(cell));
        out += fmt::format("{}\n", fmt::join(line, ","));
    }
    return out;
}

std::string to_text(const Table& table) {
    ShownTable cells = shown(table, Notation::plain);
    const std::size_t columns = table.columns.size();
    std::vector<std::size_t> widths(columns);
    std::string head, rule;
    for (std::size_t c = 0; c < columns; ++c) {
        const bool marks = marks_a_best(cells, c);
        widths[c] = display_width(one_line(heading(table.columns[c]))) + marks;
        for (std::size_t r = 0; r < cells.cells.size(); ++r) {
            std::string& cell = cells.cells[r][c];
            cell = one_line(cell);
            if (marks) cell += cells.best[r][c] ? '*' : ' ';
            widths[c] = std::max(widths[c], display_width(cell));
        }
        std::string name = one_line(heading(table.columns[c]));
        if (marks) name += ' ';
        head += (c ? std::string(2, ' ') : std::string()).append(padded(name, widths[c], cells.numeric[c]));
        for (std::size_t i = 0; i < widths[c] + (c ? 2 : 0); ++i) rule += "─";
    }
    std::string out;
    if (!table.title.empty()) out += one_line(table.title) + '\n';
    out += without_end_blanks(head) + rule + '\n';
    for (const auto& row : cells.cells) {
        std::string line;
        for (std::size_t c = 0; c < columns; ++c)
            line += (c ? std::string(2, ' ') : std::string()).append(padded(row[c], widths[c], cells.numeric[c]));
        out += without_end_blanks(line);
    }
    for (const std::string& footnote : table.footnotes) out += one_line(footnote) + '\n';
    return out;
}

std::string to_html(const Table& table) {
    const ShownTable cells = shown(table, Notation::typographic);
    std::string out = "<div class=\"table\"><table>\n<thead><tr>";
    const auto side = [&](std::size_t c) { return cells.numeric[c] ? " class=\"number\"" : ""; };
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const Column& column = table.columns[c];
        const std::string unit =
            column.unit.empty() ? "" : fmt::format(" <span class=\"unit\">({})</span>", html_escape(column.unit));
        out += fmt::format("<th{}>{}{}</th>", side(c), html_escape(column.name), unit);
    }
    out += "</tr></thead>\n<tbody>\n";
    for (std::size_t r = 0; r < cells.cells.size(); ++r) {
        out += "<tr>";
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const std::string text = html_escape(cells.cells[r][c]);
            out += fmt::format("<td{}>{}</td>", side(c), cells.best[r][c] ? "<strong>" + text + "</strong>" : text);
        }
        out += "</tr>\n";
    }
    out += "</tbody></table></div>\n";
    for (const std::string& footnote : table.footnotes)
        out += fmt::format("<p class=\"footnote\">{}</p>\n", html_escape(footnote));
    return out;
}

}  // namespace protolith::report
