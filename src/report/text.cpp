// Escaping rules. gnuplot: single-quoted strings know one escape ('' for a quote); enhanced text takes a backslash
// before its marks.
#include "report/text.hpp"

#include <array>
#include <cstdint>
#include <sstream>
#include <utility>

namespace protolith::report {
namespace {

/// Length of the valid UTF-8 sequence at the head of `text`, 0 if it is broken (overlong forms and surrogates
/// included).
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    if (length >= 3) {
        const std::uint8_t second = byte(1);
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second >= 0xA0) || (first == 0xF0 && second < 0x90) ||
            (first == 0xF4 && second >= 0x90))
            return 0;
    }
    return length;
}

bool is_combining(std::string_view sequence) {
    return sequence.size() == 2 &&
           ((sequence[0] == '\xCC') || (sequence[0] == '\xCD' && static_cast<std::uint8_t>(sequence[1]) < 0xB0));
}

constexpr std::array<std::pair<std::string_view, char>, 13> superscripts{{{"⁰", '0'},
                                                                          {"¹", '1'},
                                                                          {"²", '2'},
                                                                          {"³", '3'},
                                                                          {"⁴", '4'},
                                                                          {"⁵", '5'},
                                                                          {"⁶", '6'},
                                                                          {"⁷", '7'},
                                                                          {"⁸", '8'},
                                                                          {"⁹", '9'},
                                                                          {"⁺", '+'},
                                                                          {"⁻", '-'},
                                                                          {"ⁿ", 'n'}}};
constexpr std::array<std::pair<std::string_view, char>, 13> subscripts{{{"₀", '0'},
                                                                        {"₁", '1'},
                                                                        {"₂", '2'},
                                                                        {"₃", '3'},
                                                                        {"₄", '4'},
                                                                        {"₅", '5'},
                                                                        {"₆", '6'},
                                                                        {"₇", '7'},
                                                                        {"₈", '8'},
                                                                        {"₉", '9'},
                                                                        {"₊", '+'},
                                                                        {"₋", '-'},
                                                                        {"ₙ", 'n'}}};

/// A single quote inside a single-quoted string: the string is left for it. gnuplot's own escape, '', fails where two
/// meet.
constexpr std::string_view quote = "'.\"'\".'";

template <class Marks>
char plain_form(const Marks& marks, std::string_view sequence) {
    for (const auto& [mark, plain] : marks)
        if (mark == sequence) return plain;
    return '\0';
}

/// Appends `sequence` and keeps the enhanced group ("^{…" or "_{…") open as long as marks of its kind follow.
void append_enhanced(std::string& out, char& open, std::string_view sequence) {
    const char above = plain_form(superscripts, sequence), below = plain_form(subscripts, sequence);
    const char wanted = above ? '^' : below ? '_' : '\0';
    if (open != wanted) {
        if (open) out += '}';
        if (wanted) out += {wanted, '{'};
        open = wanted;
    }
    if (wanted) {
        const char plain = above ? above : below;
        out += plain == '-' ? std::string("−") : std::string(1, plain);
    } else if (sequence == "'") {
        out += quote;
    } else if (sequence == "\n") {
        out += "'.\"\\n\".'";
    } else {
        if (std::string_view("\\^_{}@&~").find(sequence) != std::string_view::npos) out += '\\';
        out += sequence;
    }
}

}  // namespace

std::string clean_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        const bool control = length == 1 && ((text[0] >= 0 && text[0] < ' ' && text[0] != '\n') || text[0] == '\x7F');
        const bool c1 = length == 2 && text[0] == '\xC2' && static_cast<std::uint8_t>(text[1]) < 0xA0;
        const bool noncharacter =
            length == 3 && (text.substr(0, 3) == "\xEF\xBF\xBE" || text.substr(0, 3) == "\xEF\xBF\xBF");
        if (length == 0 || noncharacter) {
            out += "\xEF\xBF\xBD";
        } else if (control || c1) {
            out += ' ';
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(1, sequence_length(text));
        if (!is_combining(text.substr(0, length))) ++width;
        text.remove_prefix(length);
    }
    return width;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    std::istringstream paragraphs(clean_utf8(text));
    for (std::string paragraph; std::getline(paragraphs, paragraph);) {
        std::istringstream words(paragraph);
        bool begins = true;
        for (std::string word; words >> word; begins = false) {
            if (begins || display_width(lines.back()) + 1 + display_width(word) > width) {
                lines.push_back(word);
            } else {
                lines.back() += ' ' + word;
            }
        }
    }
    return lines;
}

std::string html_escape(std::string_view text) {
    std::string out;
    for (const char c : clean_utf8(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string csv_field(std::string_view text) {
    std::string field = clean_utf8(text);
    for (char& c : field)
        if (c == '\n') c = ' ';
    const bool quoted = field.find_first_of(",\"#") != std::string::npos ||
                        (!field.empty() && (field.front() == ' ' || field.back() == ' '));
    if (!quoted) return field;
    std::string out = "\"";
    for (const char c : field) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string gnuplot_text(std::string_view text) {
    const std::string clean = clean_utf8(text);
    std::string_view rest = clean;
    std::string out = "'";
    char open = '\0';
    while (!rest.empty()) {
        const std::size_t length = sequence_length(rest);
        append_enhanced(out, open, rest.substr(0, length));
        rest.remove_prefix(length);
    }
    if (open) out += '}';
    return out + '\'';
}

std::string gnuplot_path(std::string_view path) {
    std::string out = "'";
    for (const char c : path) {
        if (c == '\'') {
            out += quote;
        } else {
            out += c;
        }
    }
    return out + '\'';
}

}  // namespace protolith::report
