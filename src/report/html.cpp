// Blocks are written as HTML when they are added; the frame (style, title, contents) is put around them at the end.
#include "report/html.hpp"

#include "io/durable.hpp"
#include "report/embed.hpp"
#include "report/html_style.hpp"
#include "report/text.hpp"
#include "report/toml_colour.hpp"

#include <fmt/format.h>

namespace protolith::report {
namespace {

/// Escaped text in which `words` between backticks are set as code; a backtick without a partner stands as it is.
std::string running_text(const std::string& text) {
    std::string out;
    std::size_t at = 0;
    for (;;) {
        const std::size_t open = text.find('`', at),
                          close = open == std::string::npos ? open : text.find('`', open + 1);
        if (close == std::string::npos) return out + html_escape(std::string_view(text).substr(at));
        out += html_escape(std::string_view(text).substr(at, open - at));
        out += "<code>" + html_escape(std::string_view(text).substr(open + 1, close - open - 1)) + "</code>";
        at = close + 1;
    }
}

/// A relative URL: everything but letters, digits and - . _ / is percent-encoded, byte by byte.
std::string url(const std::filesystem::path& path) {
    std::string out;
    for (const char c : path.generic_string()) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._/").find(c) != std::string_view::npos;
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string file_links(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& files) {
    std::vector<std::string> links;
    for (const auto& file : files) {
        const auto relative = std::filesystem::absolute(file).lexically_relative(std::filesystem::absolute(folder));
        links.push_back(fmt::format("<a href=\"{}\">{}</a>", url(relative), html_escape(relative.generic_string())));
    }
    return fmt::format("{}", fmt::join(links, " · "));
}

}  // namespace

Report::Report(std::filesystem::path path, std::string title, std::string subtitle)
    : path_(std::move(path)), title_(std::move(title)), subtitle_(std::move(subtitle)) {}

void Report::summary(const std::string& text) { summary_ = text; }

void Report::warning(const std::string& text) { warnings_.push_back(text); }

void Report::heading(int level, const std::string& text) {
    headings_.push_back({level, text, fmt::format("s{}", headings_.size() + 1)});
    body_ += fmt::format("<h{0} id=\"{1}\">{2}</h{0}>\n", level, headings_.back().id, html_escape(text));
}

void Report::section(const std::string& text) { heading(2, text); }

void Report::subsection(const std::string& text) { heading(3, text); }

void Report::paragraph(const std::string& text) { body_ += fmt::format("<p>{}</p>\n", running_text(text)); }

void Report::list(const std::vector<std::string>& items) {
    body_ += "<ul>\n";
    for (const std::string& item : items) body_ += fmt::format("<li>{}</li>\n", running_text(item));
    body_ += "</ul>\n";
}

void Report::pairs(const std::vector<std::pair<std::string, std::string>>& entries) {
    body_ += "<dl>\n";
    for (const auto& [name, value] : entries)
        body_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html_escape(name), html_escape(value));
    body_ += "</dl>\n";
}

void Report::table(const Table& table) {
    body_ += fmt::format("<p class=\"table-caption\"><strong>Table {}.</strong> {}</p>\n", ++tables_,
                         running_text(table.title));
    body_ += to_html(table);
}

void Report::figure(const std::filesystem::path& stem, const std::string& caption) {
    const std::string number = fmt::format("Figure {}", ++figures_);
    std::string picture = embedded_picture(stem, fmt::format("{}: {}", number, caption));
    const auto files = figure_files(stem);
    if (picture.empty())
        picture = fmt::format("<p class=\"missing\">This figure was not drawn{}.</p>",
                              files.empty() ? "" : "; its data and its gnuplot script are named below");
    body_ += fmt::format("<figure>\n{}\n<figcaption><strong>{}.</strong> {}", picture, number, running_text(caption));
    if (!files.empty()) body_ += fmt::format("<div class=\"files\">{}</div>", file_links(path_.parent_path(), files));
    body_ += "</figcaption>\n</figure>\n";
}

void Report::deck(const std::string& toml) { body_ += fmt::format("<pre>{}</pre>\n", toml_html(toml)); }

void Report::code(const std::string& text) { body_ += fmt::format("<pre>{}</pre>\n", html_escape(text)); }

std::string Report::html() const {
    std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n";
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n";
    out += fmt::format("<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<header>\n<h1>{}</h1>\n",
                       html_escape(title_), html_style, html_escape(title_));
    if (!subtitle_.empty()) out += fmt::format("<p class=\"subtitle\">{}</p>\n", running_text(subtitle_));
    if (!summary_.empty()) out += fmt::format("<p class=\"summary\">{}</p>\n", running_text(summary_));
    if (!warnings_.empty()) {
        out += fmt::format("<div class=\"warnings\"><strong>{}</strong>\n<ul>\n",
                           warnings_.size() == 1 ? "Warning" : "Warnings");
        for (const std::string& warning : warnings_) out += fmt::format("<li>{}</li>\n", running_text(warning));
        out += "</ul></div>\n";
    }
    if (!headings_.empty()) {
        out += "<nav><strong>Contents</strong>\n<ol>\n";
        for (const Heading& entry : headings_)
            if (entry.level == 2)
                out += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", entry.id, html_escape(entry.text));
        out += "</ol></nav>\n";
    }
    return out + "</header>\n<main>\n" + body_ + "</main>\n<footer>Written by Protolith.</footer>\n</body>\n</html>\n";
}

void Report::write() const { io::write_atomically(path_, html(), io::Flush::no); }

}  // namespace protolith::report
