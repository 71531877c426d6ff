// How the cells of a table are shown: numbers of a column all in the same form, so that they can be compared at a
// glance.
#pragma once

#include "report/table.hpp"

#include <string>
#include <vector>

namespace protolith::report {

enum class Notation { plain, typographic };  ///< 1.2e-07, or 1.2×10⁻⁷ with a true minus sign

struct ShownTable {
    std::vector<std::vector<std::string>> cells;  ///< (row, column)
    std::vector<std::vector<bool>> best;          ///< (row, column)
    std::vector<bool> numeric;                    ///< (column): aligned to the right
};

ShownTable shown(const Table& table, Notation notation);

/// "name (unit)".
std::string heading(const Column& column);

}  // namespace protolith::report
