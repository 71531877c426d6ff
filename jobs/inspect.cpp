// protolith inspect FILE: provenance, contents, complete or not; exit code 2 if damaged, incomplete or not Protolith's.
#include "io/inspect.hpp"

#include "jobs.hpp"

#include <cstdio>

namespace protolith::jobs {

int inspect(const std::vector<std::string>& files) {
    const Communicator world;
    if (!world.is_root()) return 0;
    if (files.empty() || files[0].starts_with("-")) {
        const bool asked = !files.empty() && (files[0] == "--help" || files[0] == "-h");
        std::fputs(
            "protolith inspect FILE...\nShows where a file comes from and what it holds, and reads every byte of it.\n"
            "Exit code 2 if a file is damaged, incomplete or not Protolith's.\n",
            asked ? stdout : stderr);
        return asked ? 0 : 2;
    }
    int code = 0;
    for (const auto& file : files) {
        try {
            const auto report = io::inspect(file);
            std::fputs(io::to_string(report).c_str(), stdout);
            if (!report.good()) code = static_cast<int>(ExitCode::bad_input);
        } catch (const Error& e) {
            std::fprintf(stderr, "error: %s\n", e.what());
            code = static_cast<int>(e.code());
        }
    }
    return code;
}

}  // namespace protolith::jobs
