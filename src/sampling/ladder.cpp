#include "sampling/ladder.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::sampling {

namespace {

constexpr int rounds = 8;
constexpr double least_rejection = 1e-6;  // keeps levels apart where nothing is ever rejected

/// Sweeps of the burn-in that end round r = 1 … rounds.
std::uint64_t end_of_round(std::uint64_t burn_in, int r) {
    return (burn_in / 2) * ((std::uint64_t{1} << r) - 1) / ((std::uint64_t{1} << rounds) - 1);
}

/// Value at x of the function linear between the rising points.
double interpolate(const std::vector<double>& points, const std::vector<double>& values, double x) {
    const auto above = std::upper_bound(points.begin() + 1, points.end() - 1, x);
    const auto k = static_cast<std::size_t>(above - points.begin()) - 1;
    const double width = points[k + 1] - points[k];
    return values[k] + (values[k + 1] - values[k]) * (x - points[k]) / width;
}

}  // namespace

Ladder first_ladder(const Settings& s) {
    Ladder ladder{s.inverse_temperatures, std::vector<double>(s.temperatures, s.step)};
    if (ladder.beta.empty())
        for (std::size_t k = 0; k < s.temperatures; ++k)
            ladder.beta.push_back(s.temperatures == 1
                                      ? 1.0
                                      : std::pow(static_cast<double>(k) / static_cast<double>(s.temperatures - 1), 3));
    return ladder;
}

void equalise(Ladder& ladder, std::span<const double> rejection) {
    const std::size_t last = ladder.beta.size() - 1;
    if (last < 2) return;
    std::vector<double> barrier(last + 1), log_step(last + 1);
    for (std::size_t k = 0; k < last; ++k) barrier[k + 1] = barrier[k] + std::max(least_rejection, rejection[k]);
    for (std::size_t k = 0; k <= last; ++k) log_step[k] = std::log(ladder.step[std::max<std::size_t>(k, 1)]);
    const std::vector<double> before = ladder.beta;
    for (std::size_t k = 1; k < last; ++k) {
        const double share = barrier[last] * static_cast<double>(k) / static_cast<double>(last);
        ladder.beta[k] = interpolate(barrier, before, share);
    }
    for (std::size_t k = 1; k < last; ++k) ladder.step[k] = std::exp(interpolate(before, log_step, ladder.beta[k]));
}

bool ends_round(const Settings& s, std::uint64_t sweep) {
    for (int r = 1; r <= rounds; ++r) {
        const std::uint64_t end = end_of_round(s.burn_in, r);
        if (sweep + 1 == end && end != end_of_round(s.burn_in, r - 1)) return true;
    }
    return false;
}

bool moves_after(const Settings& s, std::uint64_t sweep) {
    return s.adapt_ladder && s.temperatures >= 3 && ends_round(s, sweep);
}

double adapted_step(const Settings& s, double step, double acceptance, std::uint64_t sweep) {
    std::uint64_t begun = 0;
    if (adapts_covariance(s) || (s.adapt_ladder && s.temperatures >= 3))
        for (int r = 1; r <= rounds; ++r)
            if (const std::uint64_t end = end_of_round(s.burn_in, r); end <= sweep) begun = end;
    if (adapts_covariance(s) && last_estimate(s) <= sweep) begun = last_estimate(s);
    const std::uint64_t since = sweep + 1 - begun;
    const double gain = std::pow(static_cast<double>(since), -0.6);
    const double moved = step * std::exp(gain * (acceptance - s.acceptance_to_reach()));
    return std::clamp(moved, 1e-8, keeps_prior(s.proposal) ? 1.0 : 1e8);
}

}  // namespace protolith::sampling
