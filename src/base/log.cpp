#include "base/log.hpp"

#include <cstdio>

#include <spdlog/details/log_msg_buffer.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <unistd.h>

namespace protolith {

struct Logger::State {
    bool speaks = false, quiet = false, terminal = false;
    std::shared_ptr<spdlog::sinks::sink> out, err, file;
    std::vector<spdlog::details::log_msg_buffer> earlier;  // until the file is there
    std::vector<std::string> warnings;

    void to_file(const spdlog::details::log_msg& message) {
        if (!file) {
            earlier.emplace_back(message);
            return;
        }
        file->log(message);
        file->flush();
    }
};

namespace {
spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
        default:
            return spdlog::level::info;
    }
}
}  // namespace

Logger::Logger(bool speaks, bool quiet) : state_(std::make_shared<State>()) {
    state_->speaks = speaks;
    state_->quiet = quiet;
    // mpirun gives every rank a pseudo-terminal as standard output, also in a batch job; its standard error is a pipe
    state_->terminal = speaks && ::isatty(STDOUT_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0;
    if (!speaks) return;
    state_->out = std::make_shared<spdlog::sinks::stdout_color_sink_st>();
    state_->err = std::make_shared<spdlog::sinks::stderr_color_sink_st>();
    state_->out->set_pattern("%v");
    state_->err->set_pattern("%^%l:%$ %v");
}

void Logger::write(LogLevel level, const std::string& text) const {
    if (!state_->speaks) return;
    const spdlog::details::log_msg message("protolith", level_of(level), text);
    if (level == LogLevel::warning) state_->warnings.push_back(text);
    if (level != LogLevel::info) {
        state_->err->log(message);
    } else if (!state_->quiet) {
        state_->out->log(message);
        state_->out->flush();
    }
    state_->to_file(message);
}

void Logger::file_only(const std::string& text) const {
    if (state_->speaks) state_->to_file(spdlog::details::log_msg("protolith", spdlog::level::info, text));
}

void Logger::open_file(const std::filesystem::path& file) const {
    if (!state_->speaks) return;
    state_->file = std::make_shared<spdlog::sinks::basic_file_sink_st>(file.string(), false);
    state_->file->set_pattern("%Y-%m-%dT%H:%M:%S%z %L %v");
    for (const auto& message : state_->earlier) state_->file->log(message);
    state_->file->flush();
    state_->earlier.clear();
}

bool Logger::speaks() const noexcept { return state_->speaks; }
bool Logger::on_terminal() const noexcept { return state_->terminal && !state_->quiet; }
const std::vector<std::string>& Logger::warnings() const noexcept { return state_->warnings; }

}  // namespace protolith
