#include "base/stop.hpp"

#include <array>
#include <csignal>
#include <cstdio>

namespace protolith {

namespace {
constexpr std::array<int, 3> caught = {SIGTERM, SIGUSR1, SIGINT};
constexpr int walltime = 1 << 20;         // above every signal number
volatile std::sig_atomic_t received = 0;  // a signal handler can reach nothing else
extern "C" void note_signal(int signal) { received = signal; }

const char* name_of(int signal) {
    switch (signal) {
        case SIGTERM:
            return "SIGTERM";
        case SIGUSR1:
            return "SIGUSR1";
        default:
            return "SIGINT";
    }
}
}  // namespace

StopFlag::StopFlag(const Clock& clock, std::optional<double> max_walltime)
    : clock_(clock), max_walltime_(max_walltime) {
    received = 0;
    struct sigaction action {};
    action.sa_handler = note_signal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    for (int signal : caught) sigaction(signal, &action, nullptr);
}

StopFlag::~StopFlag() {
    for (int signal : caught) std::signal(signal, SIG_DFL);
}

int StopFlag::reason_number() const noexcept {
    const int signal = received;
    if (signal != 0) return signal;
    return max_walltime_ && clock_.seconds() >= *max_walltime_ ? walltime : 0;
}

std::optional<std::string> StopFlag::words(int reason) const {
    if (reason == 0) return std::nullopt;
    if (reason == walltime)
        return fmt::format("the wall-clock limit of {} is reached", readable_duration(max_walltime_.value_or(0)));
    return fmt::format("{} received", name_of(reason));
}

std::optional<std::string> StopFlag::agreed(const Communicator& comm) const {
    int reason = reason_number();
    MPI_Allreduce(MPI_IN_PLACE, &reason, 1, MPI_INT, MPI_MAX, comm.handle());
    return words(reason);
}

double parse_walltime(const std::string& text) {
    long days = 0;
    std::string clock = text;
    if (const auto dash = text.find('-'); dash != std::string::npos) {
        char* end = nullptr;
        days = std::strtol(text.c_str(), &end, 10);
        require_input(end == text.c_str() + dash, "--max-walltime '{}': expected hh:mm:ss or d-hh:mm:ss", text);
        clock = text.substr(dash + 1);
    }
    std::array<long, 3> part{};
    int used = 0, count = std::sscanf(clock.c_str(), "%ld:%ld:%ld%n", &part[0], &part[1], &part[2], &used);
    if (count == 2) part = {0, part[0], part[1]};
    const bool whole = count == 3 ? used == static_cast<int>(clock.size())
                                  : count == 2 && clock.find_first_not_of("0123456789:") == std::string::npos;
    require_input(whole && part[0] >= 0 && part[1] >= 0 && part[2] >= 0 && days >= 0,
                  "--max-walltime '{}': expected hh:mm:ss, mm:ss or d-hh:mm:ss", text);
    return static_cast<double>(((days * 24 + part[0]) * 60 + part[1]) * 60 + part[2]);
}

}  // namespace protolith
