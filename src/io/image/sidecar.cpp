#include "io/image/sidecar.hpp"

#include "io/image/file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include <nlohmann/json.hpp>
#include <toml++/toml.h>

namespace protolith::io {

namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<const char*, Sample>, 3> samples{
    {{"uint8", Sample::uint8}, {"uint16", Sample::uint16}, {"float32", Sample::float32}}};
constexpr std::array<std::pair<const char*, std::endian>, 2> orders{
    {{"little", std::endian::little}, {"big", std::endian::big}}};
constexpr std::array<std::pair<const char*, double>, 4> units{{{"nm", 1e-9}, {"um", 1e-6}, {"mm", 1e-3}, {"m", 1}}};
constexpr std::array known{"extent", "type", "byte_order", "header_bytes", "voxel_size", "voxel_unit"};

Json parse(const std::string& path) {
    open_to_read(path);
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    try {
        if (path.ends_with(".json")) return Json::parse(text.str());
        std::stringstream as_json;
        as_json << toml::json_formatter{toml::parse(text.str())};
        return Json::parse(as_json.str());
    } catch (const toml::parse_error& error) {
        throw InputError(fmt::format("{}:{}:{}: {}", path, error.source().begin.line, error.source().begin.column,
                                     error.description()));
    } catch (const Json::exception& error) {
        throw InputError(fmt::format("{}: {}", path, error.what()));
    }
}

/// The value of `key` among the allowed words.
template <class T, std::size_t n>
T word(const Json& json, const std::string& path, const char* key,
       const std::array<std::pair<const char*, T>, n>& allowed) {
    std::string names;
    for (const auto& [name, value] : allowed) {
        if (json[key].is_string() && json[key] == name) return value;
        names += names.empty() ? name : std::string(", ") + name;
    }
    throw InputError(fmt::format("{}: {} = {}; one of {} expected", path, key, json[key].dump(), names));
}

std::uint64_t whole_number(const Json& value, const std::string& path, const char* key) {
    // TOML integers are signed: a positive one still counts.
    const bool good = value.is_number_unsigned() || (value.is_number_integer() && value.get<std::int64_t>() >= 0);
    require_input(good, "{}: {} = {}; a whole number of at least 0 expected", path, key, value.dump());
    return value.get<std::uint64_t>();
}

Extent read_extent(const Json& value, const std::string& path) {
    require_input(value.is_array() && (value.size() == 2 || value.size() == 3),
                  "{}: extent = {}; [planes, rows, columns] or [rows, columns] expected", path, value.dump());
    std::array<std::size_t, 3> axes{1, 1, 1};
    for (std::size_t i = 0; i < value.size(); ++i) {
        axes[3 - value.size() + i] = whole_number(value[i], path, "extent");
        // Limits the product to what 64 bits hold.
        require_input(axes[3 - value.size() + i] >= 1 && axes[3 - value.size() + i] <= 1u << 20,
                      "{}: extent = {}; axes of 1 to {} voxels expected", path, value.dump(), 1u << 20);
    }
    return {axes[0], axes[1], axes[2]};
}

double read_voxel_size(const Json& json, const std::string& path) {
    require_input(json.contains("voxel_size") && json.contains("voxel_unit"),
                  "{}: voxel_size and voxel_unit (nm, um, mm, m) are needed together", path);
    const Json& size = json["voxel_size"];
    require_input(size.is_number() && std::isfinite(size.get<double>()) && size.get<double>() > 0,
                  "{}: voxel_size = {}; a positive number expected", path, size.dump());
    return size.get<double>() * word(json, path, "voxel_unit", units);
}

}  // namespace

std::optional<std::string> find_sidecar(const std::string& raw) {
    std::optional<std::string> found;
    for (const char* suffix : {".json", ".toml"}) {
        const std::string path = std::filesystem::path(raw).replace_extension(suffix).string();
        if (path == raw || !std::filesystem::exists(path)) continue;
        require_input(!found, "{}: two sidecars, {} and {}; one expected", raw, found.value_or(""), path);
        found = path;
    }
    return found;
}

Sidecar read_sidecar(const std::string& path) {
    const Json json = parse(path);
    require_input(json.is_object(), "{}: a table with the keys extent and type expected", path);
    for (const auto& [key, value] : json.items())
        require_input(std::find(known.begin(), known.end(), key) != known.end(), "{}: unknown key '{}'; allowed are {}",
                      path, key, fmt::join(known, ", "));
    for (const char* key : {"extent", "type"})
        require_input(json.contains(key), "{}: the key '{}' is missing", path, key);

    Sidecar sidecar;
    sidecar.extent = read_extent(json["extent"], path);
    sidecar.sample = word(json, path, "type", samples);
    require_input(sidecar.sample == Sample::uint8 || json.contains("byte_order"),
                  "{}: byte_order (little or big) is needed for samples of {} bytes", path, bytes_of(sidecar.sample));
    if (json.contains("byte_order")) sidecar.byte_order = word(json, path, "byte_order", orders);
    if (json.contains("header_bytes")) sidecar.header_bytes = whole_number(json["header_bytes"], path, "header_bytes");
    if (json.contains("voxel_size") || json.contains("voxel_unit")) sidecar.voxel_size = read_voxel_size(json, path);
    return sidecar;
}

void write_sidecar(const std::string& path, const Sidecar& sidecar) {
    const auto name_of = [](const auto& table, auto value) {
        return std::find_if(table.begin(), table.end(), [value](const auto& row) { return row.second == value; })
            ->first;
    };
    nlohmann::ordered_json json;
    json["extent"] = {sidecar.extent.z, sidecar.extent.y, sidecar.extent.x};
    json["type"] = name_of(samples, sidecar.sample);
    json["byte_order"] = name_of(orders, sidecar.byte_order);
    json["header_bytes"] = sidecar.header_bytes;
    if (sidecar.voxel_size) {
        json["voxel_size"] = *sidecar.voxel_size;
        json["voxel_unit"] = "m";
    }
    const std::string text = json.dump(4) + "\n";
    File file = open_to_write(path);
    write_all(file, text.data(), text.size(), path);
    close_written(std::move(file), path);
}

}  // namespace protolith::io
