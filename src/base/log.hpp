// The log: rank 0 speaks, on the terminal and, once the run directory is there, in its log.txt.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace protolith {

enum class LogLevel { info, warning, error };

/// Line-oriented log of one rank; silent on ranks other than 0. Cheap to copy: copies share the sinks.
class Logger {
  public:
    /// `speaks` is true on rank 0; `quiet` keeps information lines off the terminal (they still go to the file).
    explicit Logger(bool speaks, bool quiet = false);

    template <class... A>
    void info(fmt::format_string<A...> text, A&&... a) const {
        write(LogLevel::info, fmt::format(text, std::forward<A>(a)...));
    }
    template <class... A>
    void warning(fmt::format_string<A...> text, A&&... a) const {
        write(LogLevel::warning, fmt::format(text, std::forward<A>(a)...));
    }
    template <class... A>
    void error(fmt::format_string<A...> text, A&&... a) const {
        write(LogLevel::error, fmt::format(text, std::forward<A>(a)...));
    }
    void write(LogLevel level, const std::string& text) const;
    /// A line for the file alone (progress on a terminal is drawn by Progress itself).
    void file_only(const std::string& text) const;

    /// From now on also to `file` (appended); what was said before is written first.
    void open_file(const std::filesystem::path& file) const;
    bool speaks() const noexcept;
    bool on_terminal() const noexcept;
    /// Warnings said so far, for the report.
    const std::vector<std::string>& warnings() const noexcept;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace protolith
