// What happens between the steps of every long job: progress, the wish to stop, and checkpoints when they are due.
#pragma once

#include "base/progress.hpp"
#include "run/run.hpp"

#include <functional>
#include <optional>
#include <string>

namespace protolith::run {

class Supervisor {
  public:
    /// `save` writes a checkpoint (collective); called every `interval` seconds and when the job is to stop.
    Supervisor(Run& run, const std::string& title, double total, const std::string& unit, double interval,
               std::function<void()> save);

    /// `done` of the total over all ranks. False when the job is to stop: a checkpoint is then written. Collective.
    bool go_on(double done, const std::string& detail = {});
    /// Ends the run after go_on() was false: status, exit code 75. Collective.
    [[noreturn]] void stop();

    /// Works on this rank's items, `next` doing one and answering false when none is left, and calls go_on with the sum
    /// of `done_here()` about five times a second, until all ranks are done. Throws StoppedEarly when stopped.
    /// An error on one rank is thrown on all. Collective.
    void work(const std::function<bool()>& next, const std::function<double()>& done_here);

  private:
    Run& run_;
    Progress progress_;
    double total_, interval_, saved_at_, done_ = 0;
    std::function<void()> save_;
    std::optional<std::string> reason_;
};

}  // namespace protolith::run
