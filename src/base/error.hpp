// Errors that carry their exit code, and checks that are always on and name both values.
#pragma once

#include <stdexcept>
#include <string>

#include <fmt/format.h>

namespace protolith {

/// What the program tells the shell (design.md, Errors).
enum class ExitCode : int { done = 0, failure = 1, bad_input = 2, stopped_resumable = 75 };

/// Base of every error that Protolith throws: a readable sentence and the exit code that it ends with.
class Error : public std::runtime_error {
  public:
    explicit Error(const std::string& what, ExitCode code = ExitCode::failure)
        : std::runtime_error(what), code_(code) {}
    ExitCode code() const noexcept { return code_; }

  private:
    ExitCode code_;
};

/// The user's input (deck, file, option) cannot be used: exit code 2.
class InputError : public Error {
  public:
    explicit InputError(const std::string& what) : Error(what, ExitCode::bad_input) {}
};

/// The job was asked to stop and can be resumed: exit code 75.
class StoppedEarly : public Error {
  public:
    explicit StoppedEarly(const std::string& what) : Error(what, ExitCode::stopped_resumable) {}
};

/// Throws InputError with the formatted message unless `ok`. The message names the value found and what was expected.
template <class... Args>
void require_input(bool ok, fmt::format_string<Args...> message, Args&&... args) {
    if (!ok) throw InputError(fmt::format(message, std::forward<Args>(args)...));
}

/// Throws Error (exit code 1) with the formatted message unless `ok`: for what the code promises itself.
template <class... Args>
void require(bool ok, fmt::format_string<Args...> message, Args&&... args) {
    if (!ok) throw Error(fmt::format(message, std::forward<Args>(args)...));
}

}  // namespace protolith
