// Stems are kept to characters that need no quoting in gnuplot, a shell, a URL or LaTeX's \includegraphics.
#include "report/stem.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <system_error>

namespace protolith::report {

void require_stem(const std::string& stem) {
    const auto letter_or_digit = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const bool ok = !stem.empty() && letter_or_digit(stem.front()) &&
                    std::all_of(stem.begin(), stem.end(),
                                [&](char c) { return letter_or_digit(c) || c == '-' || c == '_' || c == '.'; });
    require(ok, "figure name '{}': expected letters, digits, '-', '_' or '.', beginning with a letter or digit", stem);
}

void remove_pictures(const std::filesystem::path& directory, const std::string& stem) {
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    for (const char* ending : {".svg", ".png"}) {
        if (!failure) std::filesystem::remove(directory / (stem + ending), failure);
    }
    require(!failure, "{}: the figure {} cannot be written there: {}", directory.string(), stem, failure.message());
}

}  // namespace protolith::report
