// Whether the tags of an HTML or XML text close in the order in which they open.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace protolith::report {

/// Empty if balanced, otherwise what is wrong first. Comments, declarations and void elements are passed over.
inline std::string unbalanced_tag(const std::string& text) {
    static const std::set<std::string> void_elements{"meta", "img", "br", "hr", "link", "input", "col"};
    std::vector<std::string> open;
    for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
        if (text.compare(at, 4, "<!--") == 0) {
            at = text.find("-->", at);
            if (at == std::string::npos) return "comment without end";
            continue;
        }
        if (text[at + 1] == '!' || text[at + 1] == '?') continue;
        const std::size_t end = text.find('>', at);
        if (end == std::string::npos) return "tag without end at byte " + std::to_string(at);
        const bool closing = text[at + 1] == '/';
        const std::size_t begin = at + (closing ? 2 : 1);
        const std::string name = text.substr(begin, text.find_first_of(" \t\r\n/>", begin) - begin);
        if (closing) {
            if (open.empty() || open.back() != name)
                return "</" + name + "> closes " + (open.empty() ? "nothing" : "<" + open.back() + ">");
            open.pop_back();
        } else if (text[end - 1] != '/' && !void_elements.count(name)) {
            open.push_back(name);
        }
    }
    return open.empty() ? "" : "<" + open.back() + "> stays open";
}

}  // namespace protolith::report
