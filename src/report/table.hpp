// Tables of results: once put together, written as CSV (full precision), aligned text for log and terminal, and HTML.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace protolith::report {

/// What stands in one place of a table: nothing, a text, an integer or a number (NaN: undefined, shown as a dash).
class Cell {
  public:
    using Value = std::variant<std::monostate, std::string, std::int64_t, double>;

    Cell() = default;
    Cell(std::string text) : value_(std::move(text)) {}
    Cell(const char* text) : value_(std::string(text)) {}
    template <std::integral Integer>
    Cell(Integer number) : value_(static_cast<std::int64_t>(number)) {
        static_assert(!std::is_same_v<Integer, bool>, "say yes or no in words");
    }
    template <std::floating_point Number>
    Cell(Number number) : value_(static_cast<double>(number)) {}

    const Value& value() const noexcept { return value_; }
    bool is_number() const noexcept { return value_.index() >= 2; }
    /// The value of a number.
    double number() const;

  private:
    Value value_;
};

/// Which value of a column is marked as the best.
enum class Best { none, lowest, highest };

struct Column {
    std::string name;
    std::string unit = {};  ///< shown as "name (unit)"
    Best best = Best::none;
    int digits = 4;  ///< significant digits of numbers in text and HTML
};

struct Table {
    std::string title;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows = {};
    std::vector<std::string> footnotes = {};

    /// Appends a row; throws Error if it has not as many cells as there are columns.
    void add(std::vector<Cell> row);
};

/// Commented title, a line of names, then values that read back exactly; undefined values are "nan", absent ones blank.
std::string to_csv(const Table& table);

/// Columns aligned by blanks, numbers to the right; the best of a column is followed by '*'.
std::string to_text(const Table& table);

/// <table> with header, numbers aligned by their decimals, best values in bold, footnotes.
std::string to_html(const Table& table);

}  // namespace protolith::report
