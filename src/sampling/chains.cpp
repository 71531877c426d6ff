#include "sampling/chains.hpp"

#include "base/timer.hpp"
#include "sampling/draws.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace protolith::sampling {

namespace {

constexpr double impossible = -std::numeric_limits<double>::infinity();

bool all_finite(const double* values, std::size_t n) {
    double sum = 0;  // stays 0 unless a value is NaN or infinite
    for (std::size_t i = 0; i < n; ++i) sum += 0 * values[i];
    return sum == 0;
}

}  // namespace

Chains::Chains(const Settings& settings, ItemRange mine, LogLikelihood likelihood)
    : settings_(settings),
      dimensions_(settings.dimensions),
      mine_(mine),
      likelihood_(std::move(likelihood)),
      gradients_(needs_gradient(settings.proposal)),
      states_(mine.size() * dimensions_),
      log_likelihood_(mine.size(), impossible),
      gradient_(gradients_ ? states_.size() : 0),
      proposed_(states_.size()),
      proposed_likelihood_(mine.size()),
      proposed_gradient_(gradient_.size()),
      draws_(mine.size() * draws_size(dimensions_)),
      counts_(mine.size()),
      acceptance_(mine.size()) {}

Point Chains::point(std::size_t i) const noexcept {
    return {&states_[i * dimensions_], log_likelihood_[i], gradients_ ? &gradient_[i * dimensions_] : nullptr};
}

/// Judges the first `count` proposals. What is refused becomes NaN.
void Chains::evaluate(std::size_t count) {
    if (count == 0) return;
    const std::size_t numbers = count * dimensions_;
    const Clock clock;
    likelihood_({count, dimensions_, std::span(proposed_).first(numbers), std::span(proposed_likelihood_).first(count),
                 std::span(proposed_gradient_).first(gradients_ ? numbers : 0)});
    likelihood_seconds_ += clock.seconds();
    for (std::size_t p = 0; p < count; ++p) {
        double& value = proposed_likelihood_[p];
        ChainCounts& counts = counts_[moving_[p]];
        ++counts.evaluations;
        const bool finite = std::isfinite(value);
        if (value == impossible ||
            (finite && (!gradients_ || all_finite(&proposed_gradient_[p * dimensions_], dimensions_))))
            continue;
        value = std::numeric_limits<double>::quiet_NaN();
        ++counts.refused;
    }
}

void Chains::begin() {
    moving_.clear();
    for (std::size_t i = 0; i < size(); ++i) {
        moving_.push_back(i);
        double* draws = &draws_[i * draws_size(dimensions_)];
        draw_step(settings_.seed, RandomPurpose::sampling_start, static_cast<std::uint32_t>(mine_.first + i), 0,
                  dimensions_, draws);
        std::copy_n(draws + first_normal, dimensions_, &proposed_[i * dimensions_]);
    }
    evaluate(size());
    states_ = proposed_;
    gradient_ = proposed_gradient_;
    for (std::size_t i = 0; i < size(); ++i)
        log_likelihood_[i] = std::isnan(proposed_likelihood_[i]) ? impossible : proposed_likelihood_[i];
}

void Chains::step(std::uint64_t step, std::span<const Kernel> kernels, bool draw_prior) {
    moving_.clear();
    for (std::size_t i = 0; i < size(); ++i) {
        if (kernels[i].independent() && !draw_prior) continue;
        double* draws = &draws_[i * draws_size(dimensions_)];
        draw_step(settings_.seed, RandomPurpose::sampling_step, static_cast<std::uint32_t>(mine_.first + i), step,
                  dimensions_, draws);
        propose(kernels[i], point(i), draws + first_normal, &proposed_[moving_.size() * dimensions_]);
        moving_.push_back(i);
    }
    evaluate(moving_.size());
    for (std::size_t p = 0; p < moving_.size(); ++p)
        judge(moving_[p], p, kernels[moving_[p]], draws_[moving_[p] * draws_size(dimensions_)]);
}

void Chains::judge(std::size_t i, std::size_t p, const Kernel& kernel, double uniform) {
    const double value = proposed_likelihood_[p];
    if (std::isnan(value)) return;
    const double* z = &proposed_[p * dimensions_];
    const double* slope = gradients_ ? &proposed_gradient_[p * dimensions_] : nullptr;
    const double ratio = log_ratio(kernel, point(i), {z, value, slope});
    const double probability = ratio >= 0 ? 1 : ratio < 0 ? std::exp(ratio) : 0;  // NaN: gradients overflowed
    acceptance_[i].probability += probability;
    if (!(uniform < probability)) return;
    acceptance_[i].accepted += 1;
    std::copy_n(z, dimensions_, &states_[i * dimensions_]);
    if (gradients_) std::copy_n(slope, dimensions_, &gradient_[i * dimensions_]);
    log_likelihood_[i] = value;
}

Chains::Acceptance Chains::take_acceptance(std::size_t i) noexcept { return std::exchange(acceptance_[i], {}); }

std::size_t Chains::packed_size(const Settings& settings) noexcept {
    return settings.dimensions * (needs_gradient(settings.proposal) ? 2 : 1) + 3;
}

std::vector<double> Chains::pack() const {
    std::vector<double> packed;
    packed.reserve(size() * packed_size(settings_));
    for (std::size_t i = 0; i < size(); ++i) {
        packed.push_back(log_likelihood_[i]);
        packed.push_back(static_cast<double>(counts_[i].evaluations));
        packed.push_back(static_cast<double>(counts_[i].refused));
        packed.insert(packed.end(), &states_[i * dimensions_], &states_[i * dimensions_] + dimensions_);
        if (gradients_)
            packed.insert(packed.end(), &gradient_[i * dimensions_], &gradient_[i * dimensions_] + dimensions_);
    }
    return packed;
}

void Chains::unpack(std::span<const double> packed) {
    const std::size_t each = packed_size(settings_);
    require(packed.size() == size() * each, "{} numbers saved for {} chains of {}", packed.size(), size(), each);
    for (std::size_t i = 0; i < size(); ++i) {
        const double* from = &packed[i * each];
        log_likelihood_[i] = from[0];
        counts_[i] = {static_cast<std::uint64_t>(from[1]), static_cast<std::uint64_t>(from[2])};
        std::copy_n(from + 3, dimensions_, &states_[i * dimensions_]);
        if (gradients_) std::copy_n(from + 3 + dimensions_, dimensions_, &gradient_[i * dimensions_]);
    }
}

}  // namespace protolith::sampling
