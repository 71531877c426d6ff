// How the learning rate goes over a training.
#pragma once

#include <cstdint>

namespace protolith::optim {

enum class ScheduleKind { constant, linear, steps };

struct Schedule {
    ScheduleKind kind = ScheduleKind::constant;
    /// linear: the factor is 1 up to step `from` and falls to 0 at step `to`.
    std::int64_t from = 0, to = 0;
    /// steps: times `factor` after every `interval` steps.
    std::int64_t interval = 0;
    double factor = 0.1;
};

/// @throws InputError naming the setting, its value and what was expected
void validate(const Schedule& schedule);

/// What the learning rate is multiplied by in step `step` (the first is 0).
double factor_at(const Schedule& schedule, std::int64_t step);

}  // namespace protolith::optim
