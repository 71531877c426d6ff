// Where a file that a deck names lies.
#pragma once

#include <filesystem>
#include <string>

namespace protolith::deck {

/// Absolute form of `path`, looked for from the working directory, then from `folder` (the deck's own); empty if it is
/// in neither. `path` may be a file, a folder, a glob pattern (its last part) or "file.h5:/dataset".
std::string locate_input(const std::string& path, const std::filesystem::path& folder);

}  // namespace protolith::deck
