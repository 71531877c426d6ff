#include "anneal/target.hpp"

#include "anneal/two_point_term.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::anneal {

namespace {
Feature feature_of(TermKind kind) {
    switch (kind) {
        case TermKind::triangle_rows:
            return Feature::p3h;
        case TermKind::triangle_columns:
            return Feature::p3v;
        case TermKind::square:
            return Feature::p4;
        case TermKind::hexagon:
            return Feature::p6;
        case TermKind::lineal_path:
            return Feature::lineal_path;
        case TermKind::clusters:
            return Feature::clusters;
        default:
            throw Error(fmt::format("{} is a two-point term", to_string(kind)));
    }
}
}  // namespace

std::unique_ptr<Term> make_term(const TermSettings& term, const Extent& extent, std::size_t range,
                                const std::vector<double>& curve) {
    std::vector<double> cut(curve.begin(),
                            curve.begin() + static_cast<std::ptrdiff_t>(std::min(range + 1, curve.size())));
    switch (term.kind) {
        case TermKind::two_point:
            return std::make_unique<TwoPointTerm>(extent, axis_steps(extent), range, std::move(cut), term.weight);
        case TermKind::two_point_diagonal:
            return std::make_unique<TwoPointTerm>(extent, diagonal_steps(extent), range, std::move(cut), term.weight);
        default:
            return make_feature_term(feature_of(term.kind), extent, std::move(cut), term.weight, term.options);
    }
}

Target measure_target(std::span<const PhaseVolume> images, const Settings& settings) {
    require_input(!images.empty(), "a target needs at least 1 image, found {}", images.size());
    Target target;
    const auto share = 1.0 / static_cast<double>(images.size());
    for (const PhaseVolume& image : images) target.phase_fraction += share * phase_fraction(image);
    for (const TermSettings& term : settings.terms) {
        const std::size_t range = settings.range_of(term, settings.extent);
        std::vector<double>& curve = target.curves.emplace_back(range + 1);
        for (const PhaseVolume& image : images) {
            const Extent& e = image.extent();
            require_input(2 * range <= std::min(e.y, e.x),
                          "range {} of {} is beyond half the shorter side of an image of {}", range,
                          to_string(term.kind), to_string(e));
            const auto counter = make_term(term, e, range, std::vector<double>(range + 1));
            counter->recount(image);
            for (std::size_t r = 0; r <= range; ++r)
                curve[r] += share * static_cast<double>(counter->counts()[r]) / counter->placements();
        }
    }
    return target;
}

std::size_t phase_voxels(const Target& target, const Extent& extent) {
    return static_cast<std::size_t>(std::llround(target.phase_fraction * static_cast<double>(extent.count())));
}

namespace {
// A curve of probabilities can exceed the phase fraction only by what averaging and other boundary rules bring.
constexpr double tolerance = 0.02;

void validate_curve(const std::vector<double>& curve, const TermSettings& term, std::size_t range, double phi) {
    require_input(curve.size() > range, "the target of {} ends at r = {}, its range is {}", to_string(term.kind),
                  static_cast<std::ptrdiff_t>(curve.size()) - 1, range);
    for (std::size_t r = 0; r <= range; ++r)
        require_input(std::isfinite(curve[r]) && curve[r] >= 0 && curve[r] <= phi + tolerance,
                      "the target of {} is {} at r = {}: with phase fraction {} it must lie in [0, {}]",
                      to_string(term.kind), curve[r], r, phi, phi);
    const bool starts_at_phi = term.kind == TermKind::two_point || term.kind == TermKind::two_point_diagonal;
    require_input(!starts_at_phi || std::abs(curve[0] - phi) <= tolerance,
                  "the target of {} is {} at r = 0, where it must be the phase fraction {}", to_string(term.kind),
                  curve[0], phi);
}
}  // namespace

void validate(const Target& target, const Settings& settings) {
    validate(settings);
    const double phi = target.phase_fraction;
    require_input(phi >= 0 && phi <= 1, "the phase fraction must lie in [0, 1], found {}", phi);
    const std::size_t in_phase = phase_voxels(target, settings.level_extent(0)), all = settings.level_extent(0).count();
    require_input(in_phase >= 1 && in_phase < all,
                  "phase fraction {} leaves {} of the {} voxels of {} in the phase: nothing can be swapped", phi,
                  in_phase, all, to_string(settings.level_extent(0)));
    require_input(target.curves.size() == settings.terms.size(), "{} target curves for {} terms", target.curves.size(),
                  settings.terms.size());
    for (std::size_t t = 0; t < settings.terms.size(); ++t)
        validate_curve(target.curves[t], settings.terms[t], settings.range_of(settings.terms[t], settings.extent), phi);
}

Target coarsened(const Target& target, const Settings& settings, std::uint32_t level) {
    const std::size_t thinning = std::size_t{1} << (settings.levels - 1 - level);
    Target coarse{target.phase_fraction, {}};
    for (const std::vector<double>& curve : target.curves) {
        std::vector<double>& thinned = coarse.curves.emplace_back();
        for (std::size_t r = 0; r < curve.size(); r += thinning) thinned.push_back(curve[r]);
    }
    return coarse;
}

}  // namespace protolith::anneal
