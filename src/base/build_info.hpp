// How this binary was built: version, git hash, compiler, libraries. Written into every output file.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace protolith {

struct BuildInfo {
    std::string version, git_hash, compiler, build_type;
    std::vector<std::pair<std::string, std::string>> libraries;  // name, version found at configuration
};

/// The facts of this binary.
const BuildInfo& build_info();

}  // namespace protolith
