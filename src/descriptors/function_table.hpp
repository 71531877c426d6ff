// The functions of distance by name: symbol of the literature, name in files, order n.
#pragma once

#include <span>
#include <string>

namespace protolith::descriptors {

/// One function of distance as it appears in figures, tables and files.
struct FunctionInfo {
    const char* symbol;     // "P3H"
    const char* scaled;     // symbol of its scaled form Fn; empty where there is none
    const char* dataset;    // name in result files
    const char* long_name;  // words for a legend or an attribute
    int points;             // n of Pn; 0: not a polygon function
};

/// S2, P3H, P3V, P4, P6, L, C2: the order of every table and figure.
std::span<const FunctionInfo> function_table();
/// Its row for a symbol; InputError naming the known ones otherwise.
const FunctionInfo& function_info(const std::string& symbol);

}  // namespace protolith::descriptors
