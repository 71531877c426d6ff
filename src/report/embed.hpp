// Pictures inside an HTML text, as data.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace protolith::report {

/// RFC 4648, with padding.
std::string base64(std::string_view bytes);

/// <img> with the picture STEM.svg, or STEM.png if there is none, as a data URI at its own size in CSS pixels; empty if
/// neither exists.
std::string embedded_picture(const std::filesystem::path& stem, std::string_view alternative_text);

/// The files of the figure STEM that exist, sorted: STEM.csv, STEM_PANEL.csv, STEM_pixels.png, STEM.gp,
/// STEM.svg, STEM.png; not those of a figure of its own that is named STEM_OTHER.
std::vector<std::filesystem::path> figure_files(const std::filesystem::path& stem);

}  // namespace protolith::report
