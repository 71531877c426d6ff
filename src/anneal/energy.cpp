#include "anneal/energy.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::anneal {

Energy::Energy(const Problem& problem, std::uint32_t level, const PhaseVolume& volume) {
    const Settings& settings = problem.settings();
    const Extent& extent = volume.extent();
    const auto range = [&](std::size_t t) { return settings.range_of(settings.terms[t], extent); };
    const std::vector<std::vector<double>>& curves = problem.target(level).curves;
    if (settings.terms.size() == 1 && settings.terms[0].kind == TermKind::two_point) {
        weight_ = settings.terms[0].weight;
        const std::vector<double>& curve = curves[0];
        two_point_.emplace(
            extent, axis_steps(extent), range(0),
            std::vector<double>(curve.begin(), curve.begin() + static_cast<std::ptrdiff_t>(range(0)) + 1));
        two_point_->assign(volume);
        return;
    }
    for (std::size_t t = 0; t < settings.terms.size(); ++t) {
        terms_.push_back(make_term(settings.terms[t], extent, range(t), curves[t]));
        terms_.back()->recount(volume);
    }
}

double Energy::value() const {
    if (two_point_) return weight_ * two_point_->energy();
    double sum = 0;
    for (const auto& term : terms_) sum += term->energy();
    return sum;
}

StageResult Energy::run(Candidates& candidates, RandomStream& random, StageOrder order) {
    order.energy = value();
    if (!two_point_) return run_stage(terms_, candidates, random, order);
    order.energy /= weight_;
    order.temperature /= weight_;
    order.energy_threshold /= weight_;
    StageResult result = run_stage(*two_point_, candidates, random, order);
    result.energy *= weight_;
    return result;
}

namespace {
void compare(std::span<const std::int64_t> kept, std::span<const std::int64_t> counted) {
    const auto [at, found] = std::mismatch(kept.begin(), kept.end(), counted.begin(), counted.end());
    require(at == kept.end() && found == counted.end(),
            "annealing kept a count of {} at r = {}, where the volume has {}", at == kept.end() ? 0 : *at,
            at - kept.begin(), found == counted.end() ? 0 : *found);
}
}  // namespace

void Energy::verify(const PhaseVolume& volume, double before, double running) {
    if (two_point_) {
        compare(two_point_->counts, two_point_->recount());
        two_point_->rescale();
    }
    for (const auto& term : terms_) {
        const std::vector<std::int64_t> kept(term->counts().begin(), term->counts().end());
        term->recount(volume);
        compare(kept, term->counts());
    }
    // Targets are rounded to a small part of the excesses (TwoPoint::rescale).
    require(std::abs(running - value()) <= 1e-2 * (before + running) + 1e-12,
            "annealing kept an energy of {}, the volume's is {}", running, value());
}

std::size_t Energy::memory() const {
    std::size_t bytes = two_point_ ? two_point_->memory() : 0;
    for (const auto& term : terms_) bytes += term->memory();
    return bytes;
}

}  // namespace protolith::anneal
