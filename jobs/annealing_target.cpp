#include "annealing_target.hpp"

#include "descriptors/cluster_function.hpp"
#include "descriptors/correlation.hpp"
#include "descriptors/two_point_map.hpp"

#include <algorithm>

namespace protolith::jobs {

namespace {

Extent extent_of(const std::vector<std::int64_t>& sides) {
    require_input(sides.size() == 2 || sides.size() == 3,
                  "batch.extent holds {} numbers: expected rows, columns or planes, rows, columns", sides.size());
    const auto side = [&](std::size_t i) { return static_cast<std::size_t>(sides[i]); };
    return sides.size() == 2 ? Extent{1, side(0), side(1)} : Extent{side(0), side(1), side(2)};
}

std::size_t shortest_side(const Extent& e) { return e.z > 1 ? std::min({e.z, e.y, e.x}) : std::min(e.y, e.x); }

/// Largest distance that the target's images, its boundary and the reconstruction allow.
std::size_t largest_range(const ReconstructSettings& keys, const Extent& extent,
                          const std::vector<PhaseVolume>& images) {
    std::size_t range = shortest_side(extent) / 2;
    for (const auto& image : images) {
        const int allowed = descriptors::largest_distance(shortest_side(image.extent()), keys.target.measure.boundary);
        range = std::min(range, static_cast<std::size_t>(std::max(allowed, 0)));
    }
    if (keys.target.measure.max_r > 0) range = std::min(range, static_cast<std::size_t>(keys.target.measure.max_r));
    return range;
}

std::vector<double> diagonal(const PhaseVolume& image, descriptors::Boundary boundary, std::size_t range) {
    const auto map = descriptors::two_point_map(image, boundary, range);
    std::vector<double> values;
    for (std::ptrdiff_t r = 0; r <= static_cast<std::ptrdiff_t>(range); ++r)
        values.push_back((map.probability(0, r, r) + map.probability(0, r, -r)) / 2);
    return values;
}

/// Values at r = 0 … range; 0 where the curve has none (odd edges of companion triangles, which the terms leave out
/// too).
std::vector<double> by_distance(const descriptors::CurveCounts& counts, std::size_t range) {
    const auto curve = descriptors::to_curve(counts);
    std::vector<double> values(range + 1, 0.0);
    for (std::size_t i = 0; i < curve.r.size(); ++i) values.at(static_cast<std::size_t>(curve.r[i])) = curve.value[i];
    return values;
}

std::vector<double> measured(const anneal::TermSettings& term, const PhaseVolume& image, const MeasureSettings& how) {
    using anneal::TermKind;
    using descriptors::Polytope;
    const int range = static_cast<int>(term.range);
    const descriptors::PackedVolume packed(image, how.boundary);
    const auto polytope = [&](Polytope p) {
        return by_distance(descriptors::polytope(packed, p, how.vertices, range), term.range);
    };
    switch (term.kind) {
        case TermKind::two_point:
            return by_distance(descriptors::two_point(packed, range), term.range);
        case TermKind::two_point_diagonal:
            return diagonal(image, how.boundary, term.range);
        case TermKind::triangle_rows:
            return polytope(Polytope::p3h);
        case TermKind::triangle_columns:
            return polytope(Polytope::p3v);
        case TermKind::square:
            return polytope(Polytope::p4);
        case TermKind::hexagon:
            return polytope(Polytope::p6);
        case TermKind::lineal_path:
            return by_distance(descriptors::lineal_path(packed, range), term.range);
        case TermKind::clusters:
            break;
    }
    const auto components = descriptors::label_components(
        image, static_cast<descriptors::Connectivity>(how.connectivity > 0 ? how.connectivity : 4), how.boundary);
    return by_distance(descriptors::cluster_function(image, components, range), term.range);
}

}  // namespace

anneal::Settings annealing_settings(const ReconstructSettings& keys, const std::vector<PhaseVolume>& images) {
    anneal::Settings s;
    s.extent = extent_of(keys.batch.extent);
    s.seed = keys.seed;
    s.selection = keys.anneal.selection;
    s.schedule = keys.anneal.schedule == AnnealKeys::Preset::fast ? anneal::Schedule::fast(s.extent)
                                                                  : anneal::Schedule::published();
    if (keys.anneal.T0) s.schedule.initial_temperature = *keys.anneal.T0;
    if (keys.anneal.alpha) s.schedule.cooling = *keys.anneal.alpha;
    if (keys.anneal.stages > 0) s.schedule.stages = static_cast<std::uint32_t>(keys.anneal.stages);
    if (keys.anneal.trials_per_stage > 0)
        s.schedule.trials_per_stage = static_cast<std::uint64_t>(keys.anneal.trials_per_stage);
    s.energy_threshold = keys.anneal.energy_below;
    s.acceptance_threshold = keys.anneal.acceptance_below;
    s.levels = static_cast<std::uint32_t>(keys.anneal.levels);
    const std::size_t largest = largest_range(keys, s.extent, images);
    s.terms.clear();
    for (const auto& term : keys.term) {
        s.terms.push_back(term.term);
        s.terms.back().options = {keys.target.measure.vertices, static_cast<int>(keys.target.measure.connectivity)};
        if (s.terms.back().range == 0) s.terms.back().range = largest;
        require_input(
            s.terms.back().range <= largest,
            "range of {} = {}: expected at most {} pixels, which target ({}), boundary and reconstruction ({}) allow",
            anneal::to_string(term.term.kind), term.term.range, largest, to_string(images.front().extent()),
            to_string(s.extent));
    }
    return s;
}

anneal::Target annealing_target(const ReconstructSettings& keys, const anneal::Settings& settings,
                                const std::vector<PhaseVolume>& images) {
    require_input(keys.target.measure.boundary != descriptors::Boundary::companion,
                  "target.boundary = 'companion': expected periodic or non_periodic (the zero margin of 'companion' is "
                  "not the rock's)");
    anneal::Target target;
    for (const auto& image : images)
        target.phase_fraction += phase_fraction(image) / static_cast<double>(images.size());
    if (keys.target.phase_fraction) target.phase_fraction = *keys.target.phase_fraction;
    for (const auto& term : settings.terms) {
        std::vector<double> mean(term.range + 1, 0.0);
        for (const auto& image : images) {
            const auto curve = measured(term, image, keys.target.measure);
            for (std::size_t r = 0; r <= term.range; ++r) mean[r] += curve.at(r) / static_cast<double>(images.size());
        }
        target.curves.push_back(std::move(mean));
    }
    return target;
}

}  // namespace protolith::jobs
