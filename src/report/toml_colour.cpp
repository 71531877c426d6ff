// A scanner of one pass that knows strings, comments and words; keys are what stands before an '=' at the beginning of
// a line.
#include "report/toml_colour.hpp"

#include "report/text.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace protolith::report {
namespace {

std::string span(std::string_view kind, std::string_view text) {
    return text.empty() ? std::string() : fmt::format("<span class=\"{}\">{}</span>", kind, html_escape(text));
}

/// Length of the string literal at the head of `text`: """, ''', " or '. One that is not closed ends with its line (or
/// the text).
std::size_t string_length(std::string_view text) {
    const std::string_view mark =
        text.starts_with("\"\"\"") || text.starts_with("'''") ? text.substr(0, 3) : text.substr(0, 1);
    const bool escapes = mark[0] == '"';
    for (std::size_t at = mark.size(); at < text.size(); ++at) {
        if (escapes && text[at] == '\\') {
            ++at;
        } else if (text.substr(at).starts_with(mark)) {
            return at + mark.size();
        } else if (mark.size() == 1 && text[at] == '\n') {
            return at;
        }
    }
    return text.size();
}

bool in_word(char c) { return std::string_view(" \t\n=,[]{}#\"'").find(c) == std::string_view::npos; }

/// Whether the line at the head of `text` is a key: an '=' comes before any comment.
std::size_t key_length(std::string_view text) {
    for (std::size_t at = 0; at < text.size() && text[at] != '\n' && text[at] != '#'; ++at) {
        if (text[at] == '=') return at;
        if (text[at] == '"' || text[at] == '\'') at += string_length(text.substr(at)) - 1;
    }
    return 0;
}

}  // namespace

std::string toml_html(const std::string& toml) {
    const std::string clean = clean_utf8(toml);
    std::string_view rest = clean;
    std::string out;
    bool line_begins = true;
    int depth = 0;  // of open brackets: inside an array no line begins with a key
    const auto take = [&](std::size_t length, std::string_view kind) {
        out += kind.empty() ? html_escape(rest.substr(0, length)) : span(kind, rest.substr(0, length));
        rest.remove_prefix(length);
    };
    while (!rest.empty()) {
        const char c = rest[0];
        const bool statement = line_begins && depth == 0 && c != ' ' && c != '\t' && c != '\n';
        if (c != ' ' && c != '\t') line_begins = c == '\n';
        if (c == '#') {
            take(std::min(rest.find('\n'), rest.size()), "comment");
        } else if (statement && c == '[') {
            take(std::min(rest.find_first_of("#\n"), rest.size()), "table-name");
        } else if (const std::size_t key = statement ? key_length(rest) : 0; key > 0) {
            take(key, "key");
        } else if (c == '"' || c == '\'') {
            take(string_length(rest), "string");
        } else if (in_word(c)) {
            std::size_t length = 1;
            while (length < rest.size() && in_word(rest[length])) ++length;
            take(length, "value");
        } else {
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            take(1, "");
        }
    }
    return out;
}

}  // namespace protolith::report
