#include "base/deck/input_path.hpp"

namespace protolith::deck {

namespace fs = std::filesystem;

namespace {
/// The part of a path that must exist: before ":/dataset", and the folder of a glob pattern.
fs::path existing_part(const std::string& path) {
    const auto dataset = path.find(":/");
    const fs::path file = dataset == std::string::npos ? path : path.substr(0, dataset);
    fs::path part;
    for (const auto& name : file) {
        if (name.string().find_first_of("*?[") != std::string::npos) return part.empty() ? fs::path(".") : part;
        part /= name;
    }
    return part;
}
}  // namespace

std::string locate_input(const std::string& path, const fs::path& folder) {
    const fs::path needed = existing_part(path);
    if (fs::exists(needed))
        return fs::path(path).is_absolute() ? path : (fs::current_path() / path).lexically_normal().string();
    if (needed.is_relative() && !folder.empty() && fs::exists(folder / needed))
        return (fs::absolute(folder) / path).lexically_normal().string();
    return {};
}

}  // namespace protolith::deck
