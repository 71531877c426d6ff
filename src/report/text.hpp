// Text as it must be written for gnuplot, HTML, CSV and a terminal. Input is UTF-8 from decks and file names and is not
// trusted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace protolith::report {

/// Valid UTF-8 that can stand in any of the outputs: broken bytes become U+FFFD, control characters except newline
/// become spaces.
std::string clean_utf8(std::string_view text);

/// Number of characters that a terminal shows: code points, without combining marks.
std::size_t display_width(std::string_view text);

/// Text broken at newlines, and at blanks into lines of at most `width` characters where words allow; empty lines are
/// left out.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// Escapes & < > " ' for HTML and XML content and attributes.
std::string html_escape(std::string_view text);

/// One field of a CSV line (RFC 4180): quoted where a comma, quote or edge blank needs it; a newline becomes a blank.
std::string csv_field(std::string_view text);

/// A gnuplot string expression that shows `text` literally under enhanced text mode. Nothing in it is executed or
/// interpreted: it consists of single-quoted strings (in which gnuplot substitutes nothing) joined by "\n". Unicode
/// superscripts and subscripts (m², 10⁻⁷, S₂) are set as enhanced text, so that they look the same in every font.
std::string gnuplot_text(std::string_view text);

/// A gnuplot string expression of a file name: nothing in it is interpreted.
std::string gnuplot_path(std::string_view path);

}  // namespace protolith::report
