// Sizes as the headers of PNG and SVG files state them.
#pragma once

#include "io/durable.hpp"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

namespace protolith::report {

/// Width and height in pixels from a PNG's IHDR; {0, 0} if it is no PNG.
inline std::pair<std::uint32_t, std::uint32_t> png_size(const std::filesystem::path& path) {
    const std::string bytes = io::read_file(path);
    if (bytes.size() < 24 || bytes.substr(0, 8) != "\x89PNG\r\n\x1a\n") return {0, 0};
    const auto number = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
        return value;
    };
    return {number(16), number(20)};
}

/// Width and height of an SVG's first element; {0, 0} if it has none or the file does not end with </svg>.
inline std::pair<std::uint32_t, std::uint32_t> svg_size(const std::filesystem::path& path) {
    const std::string text = io::read_file(path);
    const std::size_t begin = text.find("<svg"), end = text.find('>', begin);
    if (begin == std::string::npos || text.find("</svg>") == std::string::npos) return {0, 0};
    const std::string element = text.substr(begin, end - begin);
    const auto attribute = [&](const std::string& name) -> std::uint32_t {
        const std::size_t at = element.find(name + "=\"");
        return at == std::string::npos ? 0
                                       : static_cast<std::uint32_t>(std::atol(element.c_str() + at + name.size() + 2));
    };
    return {attribute("width"), attribute("height")};
}

}  // namespace protolith::report
