// File stems of figures: what may stand in one, and the pictures that belong to it.
#pragma once

#include <filesystem>
#include <string>

namespace protolith::report {

/// Throws Error unless `stem` is letters, digits, '-', '_' or '.' and begins with a letter or digit.
void require_stem(const std::string& stem);

/// Makes `directory` if need be and removes STEM.svg and STEM.png in it. Throws Error if that cannot be done.
void remove_pictures(const std::filesystem::path& directory, const std::string& stem);

}  // namespace protolith::report
