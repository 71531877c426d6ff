#include "nn/summary.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace protolith::nn {
namespace {

using Line = std::array<std::string, 4>;

/// 19538944 → "19,538,944".
std::string grouped(std::int64_t number) {
    const std::string digits = std::to_string(number);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    return text;
}

/// Characters of a UTF-8 text: its bytes but those that continue a character.
std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

}  // namespace

double Summary::operations() const {
    double operations = 0.0;
    for (const auto& row : layers) operations += row.operations;
    return operations;
}

std::int64_t Summary::activations() const {
    std::int64_t elements = input.elements();
    for (const auto& row : layers) elements += row.output.elements();
    return elements;
}

std::string Summary::text() const {
    std::vector<Line> lines{{"", "layer", "output", "parameters"}, {"", "input", input.text(), ""}};
    for (const auto& row : layers)
        lines.push_back({row.name, row.layer, row.output.text(), row.parameters > 0 ? grouped(row.parameters) : "-"});
    lines.push_back({"", "total", "", grouped(parameters)});
    std::array<std::size_t, 4> widths{};
    for (const auto& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], characters(line[i]));
    std::string text;
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            const std::size_t blanks = widths[i] - characters(line[i]);
            const bool number = i + 1 == line.size();
            text.append(number ? blanks : 0, ' ').append(line[i]).append(number ? 0 : blanks + 2, ' ');
        }
        text += '\n';
    }
    return text;
}

Summary summary(const Module& module, const Shape& input) {
    Summary result{input, {}, parameter_count(module)};
    module.rows("", input, result.layers);
    return result;
}

std::string chain(const Summary& summary) {
    std::string result = summary.input.text();
    for (const auto& row : summary.layers) result += " → " + row.output.text();
    return result;
}

}  // namespace protolith::nn
