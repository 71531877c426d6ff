// The wish to stop early: SIGTERM, SIGUSR1, SIGINT or the wall-clock limit. Agreed over ranks before anyone acts on it.
#pragma once

#include "base/communicator.hpp"
#include "base/timer.hpp"

#include <functional>
#include <optional>
#include <string>

namespace protolith {

/// Called now and then by long work; throws StoppedEarly when the job is to stop. Empty: never asked.
using Pause = std::function<void()>;

/// Catches the signals while it lives (one at a time) and watches the wall-clock limit.
class StopFlag {
  public:
    /// `max_walltime`: seconds of `clock`, none = unlimited.
    StopFlag(const Clock& clock, std::optional<double> max_walltime);
    ~StopFlag();
    StopFlag(const StopFlag&) = delete;
    StopFlag& operator=(const StopFlag&) = delete;

    /// The reason, if any rank has one: the same answer on every rank. Collective; a few microseconds.
    std::optional<std::string> agreed(const Communicator& comm) const;
    /// This rank's own view, not collective: to end a long local loop early before the next agreement.
    bool requested_here() const noexcept { return reason_number() != 0; }
    /// The same with the reason.
    std::optional<std::string> reason_here() const { return words(reason_number()); }

  private:
    /// 0: none; the signal's number; or the wall-clock limit, above every signal.
    int reason_number() const noexcept;
    std::optional<std::string> words(int reason) const;

    const Clock& clock_;
    std::optional<double> max_walltime_;
};

/// Seconds of "hh:mm:ss", "mm:ss" or "hh:mm:ss" with days "d-hh:mm:ss" as SLURM writes them; InputError otherwise.
double parse_walltime(const std::string& text);

}  // namespace protolith
