#include "anneal/problem.hpp"

namespace protolith::anneal {

Problem::Problem(Settings settings, Target target) : settings_(std::move(settings)) {
    validate(target, settings_);
    for (std::uint32_t level = 0; level < settings_.levels; ++level)
        levels_.push_back(coarsened(target, settings_, level));
}

}  // namespace protolith::anneal
