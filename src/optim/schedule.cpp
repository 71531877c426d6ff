#include "optim/schedule.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::optim {

void validate(const Schedule& s) {
    if (s.kind == ScheduleKind::linear)
        require_input(s.from >= 0 && s.to > s.from, "a linear schedule falls from step {} to step {}: 0 <= from < to",
                      s.from, s.to);
    if (s.kind == ScheduleKind::steps) {
        require_input(s.interval > 0, "a schedule in steps has the interval {}; at least 1 is needed", s.interval);
        require_input(s.factor > 0 && s.factor <= 1, "a schedule in steps has the factor {}; it lies in (0, 1]",
                      s.factor);
    }
}

double factor_at(const Schedule& s, std::int64_t step) {
    switch (s.kind) {
        case ScheduleKind::linear:
            return std::clamp(static_cast<double>(s.to - step) / static_cast<double>(s.to - s.from), 0.0, 1.0);
        case ScheduleKind::steps:
            return std::pow(s.factor, static_cast<double>(step / s.interval));
        default:
            return 1.0;
    }
}

}  // namespace protolith::optim
