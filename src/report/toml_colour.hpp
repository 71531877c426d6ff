// An input deck as HTML with its tables, keys, strings, numbers and comments in colours.
#pragma once

#include <string>

namespace protolith::report {

/// Escaped HTML for a <pre>: spans of the classes table-name, key, string, value and comment. Any text is accepted,
/// also what is no TOML.
std::string toml_html(const std::string& toml);

}  // namespace protolith::report
