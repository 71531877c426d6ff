// An <img> keeps each SVG's ids and styles to itself, which inlined SVGs of one document would share.
#include "report/embed.hpp"

#include "io/durable.hpp"
#include "report/text.hpp"

#include <algorithm>
#include <cstdint>
#include <system_error>

#include <fmt/format.h>

namespace protolith::report {

std::string base64(std::string_view bytes) {
    static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = i; j < i + 3; ++j)
            group = group << 8 | (j < bytes.size() ? static_cast<std::uint8_t>(bytes[j]) : 0);
        for (std::size_t k = 0; k < 4; ++k) out += i + k <= bytes.size() ? letters[group >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

std::string embedded_picture(const std::filesystem::path& stem, std::string_view alternative_text) {
    const std::filesystem::path svg = stem.string() + ".svg", png = stem.string() + ".png";
    const bool vector = std::filesystem::exists(svg);
    if (!vector && !std::filesystem::exists(png)) return {};
    return fmt::format("<img src=\"data:image/{};base64,{}\" alt=\"{}\"/>", vector ? "svg+xml" : "png",
                       base64(io::read_file(vector ? svg : png)), html_escape(alternative_text));
}

std::vector<std::filesystem::path> figure_files(const std::filesystem::path& stem) {
    std::vector<std::filesystem::path> files;
    std::error_code unreadable;
    const std::filesystem::path folder = stem.parent_path().empty() ? "." : stem.parent_path();
    const std::string name = stem.filename().string();
    for (const auto& entry : std::filesystem::directory_iterator(folder, unreadable)) {
        const std::filesystem::path& file = entry.path();
        const std::string own = file.stem().string(), ending = file.extension().string();
        const bool whole = own == name && (ending == ".csv" || ending == ".gp" || ending == ".svg" || ending == ".png");
        const bool part = own.starts_with(name + "_") && (ending == ".csv" || own == name + "_pixels");
        const bool of_another_figure = part && std::filesystem::exists(folder / (own + ".gp"));
        if (whole || (part && !of_another_figure)) files.push_back(file);
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace protolith::report
