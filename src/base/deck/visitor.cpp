#include "base/deck/visitor.hpp"

#include <cmath>

namespace protolith::deck {

namespace {
std::string number(double value) {
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    if (std::isnan(value)) return "nan";
    std::string text = fmt::format("{}", value);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}
std::string quoted(const std::string& value) {
    std::string text = "\"";
    for (char c : value) {
        if (c == '"' || c == '\\') text += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            text += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        else
            text += c;
    }
    return text + '"';
}
template <class T, class F>
std::string array(const std::vector<T>& values, F&& one) {
    std::string text = "[";
    for (const auto& v : values) text += (text.size() > 1 ? ", " : "") + one(v);
    return text + "]";
}
struct Printer {
    std::string operator()(const bool* v) const { return *v ? "true" : "false"; }
    std::string operator()(const std::int64_t* v) const { return fmt::format("{}", *v); }
    std::string operator()(const double* v) const { return number(*v); }
    std::string operator()(const std::optional<double>* v) const { return *v ? number(**v) : ""; }
    std::string operator()(const std::string* v) const { return quoted(*v); }
    std::string operator()(const std::vector<std::int64_t>* v) const {
        return array(*v, [](std::int64_t i) { return fmt::format("{}", i); });
    }
    std::string operator()(const std::vector<double>* v) const { return array(*v, number); }
    std::string operator()(const std::vector<std::string>* v) const { return array(*v, quoted); }
};
}  // namespace

std::string to_toml(const Value& value) { return std::visit(Printer{}, value); }

bool Key::admits(double value) const noexcept {
    if (std::isnan(value)) return false;
    const bool low = lowest_excluded ? value > lowest : value >= lowest;
    const bool high = highest_excluded ? value < highest : value <= highest;
    return low && high;
}

std::string Key::range() const {
    if (!allowed.empty()) {
        std::string text = "one of ";
        for (std::size_t i = 0; i < allowed.size(); ++i) text += (i ? ", " : "") + allowed[i];
        return text;
    }
    // the limits of an integer type are no news to the user
    const bool low = std::isfinite(lowest) && lowest > -2e9, high = std::isfinite(highest) && highest < 2e9;
    if (low && high)
        return fmt::format("in {}{}, {}{}", lowest_excluded ? '(' : '[', lowest, highest, highest_excluded ? ')' : ']');
    if (low) return fmt::format("{} {}", lowest_excluded ? ">" : "≥", lowest);
    if (high) return fmt::format("{} {}", highest_excluded ? "<" : "≤", highest);
    return "";
}

}  // namespace protolith::deck
