#include "io/csv.hpp"

#include "base/error.hpp"
#include "io/durable.hpp"

namespace protolith::io {

std::string to_csv(const std::string& title, const std::vector<CsvColumn>& columns) {
    require(!columns.empty(), "table '{}' has no columns", title);
    std::string text = fmt::format("# {}\n", title), names;
    for (const CsvColumn& column : columns) {
        require(column.values.size() == columns[0].values.size(), "table '{}': column '{}' has {} rows, '{}' has {}",
                title, column.name, column.values.size(), columns[0].name, columns[0].values.size());
        text += fmt::format("# {} [{}]: {}\n", column.name, column.units, column.long_name);
        names += (names.empty() ? "" : ",") + column.name;
    }
    text += names + "\n";
    for (std::size_t row = 0; row < columns[0].values.size(); ++row)
        for (std::size_t c = 0; c < columns.size(); ++c)
            text += fmt::format("{}{}", columns[c].values[row], c + 1 < columns.size() ? ',' : '\n');
    return text;
}

void write_csv(const std::filesystem::path& path, const std::string& title, const std::vector<CsvColumn>& columns) {
    write_atomically(path, to_csv(title, columns));
}

}  // namespace protolith::io
