// The report of a run: one HTML file that needs nothing else, for a reader who was not there.
#pragma once

#include "report/table.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace protolith::report {

/// Put together from top to bottom, then written whole. All texts are plain UTF-8 and are escaped; in `summary`,
/// `paragraph` and captions, words between backticks are set as code.
class Report {
  public:
    /// `path` is where the report will stand: links to figures' files are relative to its folder.
    explicit Report(std::filesystem::path path, std::string title, std::string subtitle = {});

    /// One paragraph under the title: what was asked, what came out.
    void summary(const std::string& text);
    /// Collected under the summary, in a box.
    void warning(const std::string& text);

    void section(const std::string& heading);
    void subsection(const std::string& heading);
    void paragraph(const std::string& text);
    void list(const std::vector<std::string>& items);
    /// Names and values side by side: sizes, provenance.
    void pairs(const std::vector<std::pair<std::string, std::string>>& entries);
    /// A numbered table.
    void table(const Table& table);
    /// A numbered figure: STEM.svg, or STEM.png, embedded; a sentence and the data's names if neither is there. Lists
    /// the figure's files.
    void figure(const std::filesystem::path& stem, const std::string& caption);
    /// A TOML text with its syntax coloured.
    void deck(const std::string& toml);
    /// Text as it stands: an excerpt of a log.
    void code(const std::string& text);

    /// The whole document.
    std::string html() const;
    /// Writes it to the path given at construction, by a temporary file and a rename. Throws Error if that cannot be
    /// done.
    void write() const;

  private:
    struct Heading {
        int level;
        std::string text, id;
    };
    void heading(int level, const std::string& text);

    std::filesystem::path path_;
    std::string title_, subtitle_, summary_;
    std::vector<std::string> warnings_;
    std::vector<Heading> headings_;
    std::string body_;
    int figures_ = 0, tables_ = 0;
};

}  // namespace protolith::report
