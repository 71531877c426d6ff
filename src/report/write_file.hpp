// Whole text files, written so that a reader never sees half of one: to a temporary name beside the target, then
// renamed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace protolith::report {

/// Writes `bytes` to `path`, replacing what was there. Throws Error naming the path and the reason (full disk, no
/// permission).
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// Reads a whole file. Throws Error naming the path and the reason.
std::string read_file(const std::filesystem::path& path);

}  // namespace protolith::report
