// gnuplot -d -e "cd 'DIR'" a.gp b.gp: arguments go to the program as they are, so no file name or label meets a shell.
#include "report/gnuplot.hpp"

#include "base/error.hpp"
#include "report/stem.hpp"
#include "report/text.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace protolith::report {
namespace {

/// A file descriptor closed with its scope.
class Descriptor {
  public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const noexcept { return value_; }
    void reset() noexcept {
        if (value_ >= 0) ::close(value_);
        value_ = -1;
    }

  private:
    int value_;
};

/// posix_spawn's list of what the child does with its descriptors.
class FileActions {
  public:
    FileActions() { posix_spawn_file_actions_init(&actions_); }
    ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    posix_spawn_file_actions_t* get() noexcept { return &actions_; }

  private:
    posix_spawn_file_actions_t actions_;
};

/// A started program; one that is left before its end is killed.
class Child {
  public:
    explicit Child(pid_t id) : id_(id) {}
    ~Child() {
        if (id_ > 0 && ::kill(id_, SIGKILL) == 0) wait();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    /// Waits for its end; true if it ended well.
    bool wait() {
        int status = 0;
        while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
        }
        id_ = 0;
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

  private:
    pid_t id_;
};

struct Outcome {
    bool ok;
    std::string words;  ///< stderr
};

/// Everything that comes out of a pipe until its other end is closed; `pause` is asked while nothing comes.
std::string read_all(int pipe, const Pause& pause) {
    constexpr int tenth_of_a_second = 100;
    std::string words;
    std::array<char, 4096> block{};
    for (;;) {
        pollfd waiting{pipe, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, tenth_of_a_second);
        if (pause) pause();
        if (ready <= 0) continue;
        const ssize_t count = ::read(pipe, block.data(), block.size());
        if (count > 0) words.append(block.data(), static_cast<std::size_t>(count));
        if (count == 0 || (count < 0 && errno != EINTR)) return words;
    }
}

/// The caller's environment without what changes gnuplot's behaviour (locale, thread settings, terminal, fit and font
/// settings).
std::vector<std::string> neutral_environment() {
    std::vector<std::string> kept;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        bool dropped = false;
        for (const std::string_view prefix :
             {"LC_", "LANG", "OMP_", "GNUTERM", "GNUPLOT", "FIT_", "GDFONTPATH", "DISPLAY"})
            dropped = dropped || text.starts_with(prefix);
        if (!dropped) kept.emplace_back(text);
    }
    kept.insert(kept.end(), {"LC_ALL=C", "OMP_NUM_THREADS=1"});
    return kept;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

Outcome run(const std::filesystem::path& program, std::vector<std::string> arguments, const Pause& pause) {
    std::array<int, 2> ends{};
    require(::pipe2(ends.data(), O_CLOEXEC) == 0, "no pipe for gnuplot: {}", std::strerror(errno));
    Descriptor read_end(ends[0]), write_end(ends[1]);
    FileActions actions;
    posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(actions.get(), STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(actions.get(), write_end.get(), STDERR_FILENO);

    std::vector<std::string> environment = neutral_environment();
    pid_t id = 0;
    const int failure = ::posix_spawn(&id, program.c_str(), actions.get(), nullptr, pointers(arguments).data(),
                                      pointers(environment).data());
    if (failure != 0) return {false, fmt::format("{} does not start: {}", program.string(), std::strerror(failure))};
    Child child(id);
    write_end.reset();
    const std::string words = read_all(read_end.get(), pause);
    const bool ok = child.wait();
    if (pause) pause();  // a signal to the whole group ends gnuplot first; that is no fault of the script
    return {ok, words};
}

/// gnuplot's complaint on one line: its blank lines and carets left out.
std::string on_one_line(const std::string& words) {
    std::string out, line;
    for (std::istringstream lines(clean_utf8(words)); std::getline(lines, line);) {
        const std::size_t first = line.find_first_not_of(" \t");
        if (first == std::string::npos || line[first] == '^') continue;
        if (!out.empty()) out += " | ";
        out += line.substr(first);
    }
    return out.empty() ? "no message" : out.substr(0, 600);
}

}  // namespace

std::filesystem::path find_gnuplot() {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (folder.empty()) continue;
        const std::filesystem::path candidate = std::filesystem::path(folder) / "gnuplot";
        std::error_code unreadable;
        if (std::filesystem::is_regular_file(candidate, unreadable) && ::access(candidate.c_str(), X_OK) == 0)
            return std::filesystem::absolute(candidate);
    }
    return {};
}

std::string draw(const std::filesystem::path& directory, const std::vector<std::string>& scripts, const Pause& pause) {
    if (scripts.empty()) return {};
    const std::filesystem::path program = find_gnuplot();
    if (program.empty()) return gnuplot_missing;
    const std::string change_folder = "cd " + gnuplot_path(std::filesystem::absolute(directory).string());
    // what is half drawn must not be shown
    const auto remove = [&](const std::string& script) {
        remove_pictures(directory, std::filesystem::path(script).stem().string());
    };
    std::string failures;
    try {
        std::vector<std::string> arguments{"gnuplot", "-d", "-e", change_folder};
        arguments.insert(arguments.end(), scripts.begin(), scripts.end());
        if (run(program, arguments, pause).ok) return {};
        for (const std::string& script : scripts) {
            const Outcome outcome = run(program, {"gnuplot", "-d", "-e", change_folder, script}, pause);
            if (outcome.ok) continue;
            remove(script);
            if (!failures.empty()) failures += "; ";
            failures += fmt::format("gnuplot failed on {}: {}", script, on_one_line(outcome.words));
        }
    } catch (...) {
        for (const std::string& script : scripts) remove(script);
        throw;
    }
    return failures;
}

}  // namespace protolith::report
