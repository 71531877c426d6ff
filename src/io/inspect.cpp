#include "io/inspect.hpp"

#include "io/provenance.hpp"

#include <algorithm>

namespace protolith::io {

namespace {
DatasetReport examine(const FileReader& file, const std::string& name) {
    DatasetReport report;
    report.info.name = name;
    try {
        report.info = file.info(name);
        for (const char* key : {"units", "long_name"})
            if (file.has_attribute(name, key))
                (key == std::string("units") ? report.units : report.long_name) = file.text_attribute(name, key);
        file.verify(name);
    } catch (const Error& e) {
        report.damage = e.what();
    }
    return report;
}

void examine_file(const FileReader& file, FileReport& report) {
    require_input(file.has_attribute("/", "protolith_file"), "{}: an HDF5 file that Protolith did not write",
                  report.path.string());
    report.kind = file.text_attribute("/", "protolith_file");
    report.file_attributes = file.attributes("/");
    report.complete = file.int_attribute("/", "complete") == 1;
    const auto schema = file.int_attribute("/", "schema_version");
    require_input(schema <= schema_version, "{}: schema version {} is newer than this program, which knows {}",
                  report.path.string(), schema, schema_version);
    report.provenance = file.attributes("/provenance");
    for (const std::string& name : file.datasets()) report.datasets.push_back(examine(file, name));
}

std::string size_text(hsize_t bytes) {
    if (bytes < 10'000) return fmt::format("{} B", bytes);
    if (bytes < 10'000'000) return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

// Long texts (the deck) are indented beneath their name.
std::string attribute_text(const std::string& name, const AttributeValue& value) {
    std::string text = to_string(value);
    if (text.find('\n') == std::string::npos) return fmt::format("  {:<22} {}\n", name, text);
    std::string indented = fmt::format("  {}\n    | ", name);
    while (text.ends_with('\n')) text.pop_back();
    for (const char c : text) indented += c == '\n' ? std::string("\n    | ") : std::string(1, c);
    return indented + "\n";
}

std::string dataset_text(const DatasetReport& report) {
    const std::string shape = report.info.shape.empty() ? "1" : fmt::format("{}", fmt::join(report.info.shape, " × "));
    const std::string units = report.units.empty() ? "" : fmt::format("[{}]", report.units);
    std::string line =
        fmt::format("  {:<32} {:<18} {:<8} {:>10}  {:<10} {}", report.info.name, shape, to_string(report.info.type),
                    size_text(report.info.bytes()), units, report.long_name);
    line.resize(line.find_last_not_of(' ') + 1);
    if (!report.damage.empty()) line += "\n    DAMAGED: " + report.damage;
    return line + "\n";
}

std::string verdict(const FileReport& report) {
    if (!report.problem.empty()) return report.problem;
    if (report.damaged()) return "damaged: at least one dataset cannot be read";
    if (!report.complete) return "incomplete: the job that wrote it did not finish";
    return "complete, every checksum is right";
}
}  // namespace

bool FileReport::damaged() const {
    return std::any_of(datasets.begin(), datasets.end(), [](const DatasetReport& d) { return !d.damage.empty(); });
}

FileReport inspect(const std::filesystem::path& path) {
    FileReport report;
    report.path = path;
    try {
        examine_file(FileReader(path), report);
    } catch (const Error& e) {
        report.problem = e.what();
    }
    return report;
}

std::string to_string(const FileReport& report) {
    std::string text = report.path.string() + "\n";
    if (!report.file_attributes.empty()) text += "\nFile\n";
    for (const auto& [name, value] : report.file_attributes) text += attribute_text(name, value);
    if (!report.provenance.empty()) text += "\nProvenance\n";
    for (const auto& [name, value] : report.provenance) text += attribute_text(name, value);
    if (!report.datasets.empty()) text += "\nDatasets\n";
    for (const DatasetReport& dataset : report.datasets) text += dataset_text(dataset);
    return text + "\n" + verdict(report) + "\n";
}

}  // namespace protolith::io
