#include "anneal/settings.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::anneal {

std::string_view to_string(TermKind kind) {
    switch (kind) {
        case TermKind::two_point:
            return "two_point";
        case TermKind::two_point_diagonal:
            return "two_point_diagonal";
        case TermKind::triangle_rows:
            return "triangle_rows";
        case TermKind::triangle_columns:
            return "triangle_columns";
        case TermKind::square:
            return "square";
        case TermKind::hexagon:
            return "hexagon";
        case TermKind::lineal_path:
            return "lineal_path";
        case TermKind::clusters:
            return "clusters";
    }
    throw Error("a term of unknown kind");
}

Schedule Schedule::published() { return {}; }
Schedule Schedule::fast(const Extent& extent) {
    const double size = static_cast<double>(extent.count()) / (128 * 128);
    return {.initial_temperature = 1e-8 / (size * size),
            .cooling = 0.9,
            .stages = 80,
            .trials_per_stage = 4 * extent.count()};
}

Extent Settings::level_extent(std::uint32_t level) const {
    const std::uint32_t halvings = levels - 1 - level;
    return {extent.z == 1 ? 1 : extent.z >> halvings, extent.y >> halvings, extent.x >> halvings};
}

namespace {
std::size_t shorter_side(const Extent& e) {
    const std::size_t side = std::min(e.y, e.x);
    return e.dimensions() == 3 ? std::min(side, e.z) : side;
}

void validate_schedule(const Schedule& s) {
    require_input(std::isfinite(s.initial_temperature) && s.initial_temperature > 0,
                  "the initial temperature must be positive, found {}", s.initial_temperature);
    require_input(s.cooling > 0 && s.cooling <= 1, "the cooling factor must lie in (0, 1], found {}", s.cooling);
    require_input(s.stages >= 1, "an annealing needs at least 1 stage, found {}", s.stages);
}

void validate_levels(const Settings& s) {
    require_input(s.levels >= 1, "an annealing needs at least 1 level, found {}", s.levels);
    const std::size_t factor = std::size_t{1} << std::min<std::uint32_t>(s.levels - 1, 40);
    const Extent& e = s.extent;
    const bool divides = e.y % factor == 0 && e.x % factor == 0 && (e.dimensions() == 2 || e.z % factor == 0);
    require_input(s.levels == 1 || (divides && shorter_side(e) / factor >= 8),
                  "{} levels halve {} {} times: every side must be divisible by {} and at least {}", s.levels,
                  to_string(e), s.levels - 1, factor, 8 * factor);
    for (const TermSettings& term : s.terms)
        require_input(s.levels == 1 || term.kind == TermKind::two_point || term.kind == TermKind::two_point_diagonal,
                      "a multigrid start ({} levels) needs two-point terms only, found {}", s.levels,
                      to_string(term.kind));
}
}  // namespace

std::size_t Settings::range_of(const TermSettings& term, const Extent& on) const {
    const std::size_t half = shorter_side(on) / 2;
    const std::size_t thinning = extent.x / on.x;
    return term.range == 0 ? half : std::clamp<std::size_t>(term.range / thinning, 1, half);
}

std::uint64_t Settings::trials_on(const Extent& on) const {
    if (schedule.trials_per_stage == 0) return 2 * std::uint64_t{on.count()};
    return std::max<std::uint64_t>(1, schedule.trials_per_stage * on.count() / extent.count());
}

namespace {
double voxel_ratio(const Extent& fine, const Extent& coarse) {
    return static_cast<double>(fine.count()) / static_cast<double>(coarse.count());
}
}  // namespace

double Settings::temperature_on(const Extent& on) const {
    const double ratio = voxel_ratio(extent, on);
    return schedule.initial_temperature * ratio * ratio;
}

double Settings::threshold_on(const Extent& on) const { return energy_threshold * voxel_ratio(extent, on); }

void validate(const Settings& s) {
    require_input(s.extent.y >= 2 && s.extent.x >= 2, "annealing needs sides of at least 2 pixels, found {}",
                  to_string(s.extent));
    require_input(s.extent.count() <= 0x10000000, "annealing holds at most {} voxels, found {} ({})", 0x10000000,
                  s.extent.count(), to_string(s.extent));
    require_input(!s.terms.empty(), "the energy has {} terms: at least 1 is needed", s.terms.size());
    for (const TermSettings& term : s.terms) {
        require_input(std::isfinite(term.weight) && term.weight > 0, "the weight of {} must be positive, found {}",
                      to_string(term.kind), term.weight);
        require_input(term.range <= shorter_side(s.extent) / 2,
                      "range {} of {} is beyond half the shorter side of {}: {}", term.range, to_string(term.kind),
                      to_string(s.extent), shorter_side(s.extent) / 2);
    }
    require_input(s.energy_threshold >= 0, "the energy threshold must not be negative, found {}", s.energy_threshold);
    require_input(s.acceptance_threshold >= 0 && s.acceptance_threshold < 1,
                  "the acceptance threshold must lie in [0, 1), found {}", s.acceptance_threshold);
    require_input(s.block_acceptance >= 0 && s.block_acceptance <= 1,
                  "the acceptance below which blocks are used must lie in [0, 1], found {}", s.block_acceptance);
    validate_schedule(s.schedule);
    validate_levels(s);
}

}  // namespace protolith::anneal
