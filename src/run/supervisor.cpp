#include "run/supervisor.hpp"

namespace protolith::run {

Supervisor::Supervisor(Run& run, const std::string& title, double total, const std::string& unit, double interval,
                       std::function<void()> save)
    : run_(run),
      progress_(run.context.log, title, total, unit),
      total_(total),
      interval_(interval),
      saved_at_(run.context.clock.seconds()),
      save_(std::move(save)) {}

bool Supervisor::go_on(double done, const std::string& detail) {
    auto& context = run_.context;
    done_ = done;
    progress_.update(done, detail);
    reason_ = context.stop.agreed(context.comm);
    // rank 0's clock decides, so that all ranks save together
    const bool due = context.comm.any(context.comm.is_root() && context.clock.seconds() - saved_at_ >= interval_);
    if (!due && !reason_) return true;
    const auto timer = context.timers.phase("checkpoint");
    save_();
    saved_at_ = context.clock.seconds();
    on_root(context.comm, [&] { run_.directory().write_status("running", done, total_, "", 0); });
    return !reason_;
}

void Supervisor::stop() { run_.stop(done_, total_, reason_.value_or("stopped")); }

void Supervisor::work(const std::function<bool()>& next, const std::function<double()>& done_here) {
    constexpr double slice = 0.2;
    const auto& comm = run_.context.comm;
    for (bool more = true; more;) {
        bool mine = true;
        collectively(comm, [&] {
            for (const Clock clock; mine && clock.seconds() < slice && !run_.context.stop.requested_here();)
                mine = next();
        });
        const double done = comm.sum(done_here());
        more = comm.any(mine);
        if (more && !go_on(done)) stop();
    }
    progress_.update(total_);
}

}  // namespace protolith::run
