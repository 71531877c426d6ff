#include "descriptors/function_table.hpp"

#include "base/error.hpp"

#include <array>

namespace protolith::descriptors {

namespace {
constexpr std::array<FunctionInfo, 7> table = {{
    {"S2", "F2", "two_point_correlation", "two-point correlation", 2},
    {"P3H", "F3H", "triangle_correlation_rows", "triangle correlation, base along a row", 3},
    {"P3V", "F3V", "triangle_correlation_columns", "triangle correlation, base along a column", 3},
    {"P4", "F4", "square_correlation", "square correlation", 4},
    {"P6", "F6", "hexagon_correlation", "hexagon correlation", 6},
    {"L", "", "lineal_path", "lineal path", 0},
    {"C2", "", "two_point_cluster_function", "two-point cluster function", 0},
}};
}  // namespace

std::span<const FunctionInfo> function_table() { return table; }

const FunctionInfo& function_info(const std::string& symbol) {
    std::string known;
    for (const auto& info : table) {
        if (symbol == info.symbol) return info;
        known += std::string(known.empty() ? "" : ", ") + info.symbol;
    }
    throw InputError("descriptor '" + symbol + "': expected one of " + known);
}

}  // namespace protolith::descriptors
