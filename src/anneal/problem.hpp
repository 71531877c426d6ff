// A validated task that many reconstructions share: settings, target, and the targets of the multigrid's levels.
#pragma once

#include "anneal/target.hpp"

#include <vector>

namespace protolith::anneal {

class Problem {
  public:
    /// Throws InputError for settings or targets that cannot be met, naming both numbers.
    Problem(Settings settings, Target target);

    const Settings& settings() const noexcept { return settings_; }
    const Target& target() const noexcept { return levels_.back(); }
    /// Target of a level, 0 being the coarsest.
    const Target& target(std::uint32_t level) const noexcept { return levels_[level]; }

  private:
    Settings settings_;
    std::vector<Target> levels_;
};

}  // namespace protolith::anneal
