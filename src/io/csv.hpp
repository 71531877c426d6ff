// Tables as CSV: lines of comments that say what stands in the columns and in which unit, a line of names, the numbers.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace protolith::io {

struct CsvColumn {
    std::string name;       ///< one word, as in the line of names
    std::string units;      ///< "1" for dimensionless
    std::string long_name;  ///< words
    std::vector<double> values;
};

/// Text of the table: "# title", "# name [units]: long name" for each column, names, rows. Numbers are written with the
/// fewest digits that read back as the same double; "nan" where there is no value. Error if columns differ in length.
std::string to_csv(const std::string& title, const std::vector<CsvColumn>& columns);

/// Writes it atomically.
void write_csv(const std::filesystem::path& path, const std::string& title, const std::vector<CsvColumn>& columns);

}  // namespace protolith::io
