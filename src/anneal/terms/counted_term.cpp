#include "anneal/terms/counted_term.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::anneal {

namespace {

/// Largest power of two of which all D_r can be multiples while Σ (2 D_r + δ_r) δ_r stays exact in 53 bits.
double rounding_quantum(double placements, double largest_change, std::size_t reach) {
    const double bound = (2.0 * placements + largest_change) * largest_change * static_cast<double>(reach + 1);
    return std::exp2(std::clamp(std::ceil(std::log2(bound)) - 52.0, -40.0, 0.0));
}

}  // namespace

CountedTerm::CountedTerm(CurveSettings settings)
    : target_(std::move(settings.target)), weight_(settings.weight), placements_(settings.placements) {
    require_input(!target_.empty(), "a target curve needs at least the value at distance 0; it is empty");
    require_input(weight_ >= 0.0 && std::isfinite(weight_),
                  "the weight of an annealing term is {}; it must be 0 or more", weight_);
    counts_.assign(target_.size(), 0);
    defined_.assign(target_.size(), 1);
    for (std::size_t r = 0; r < settings.defined.size(); ++r) defined_[r] = settings.defined[r] ? 1 : 0;
    for (std::size_t r = 0; r < target_.size(); ++r) {
        require_input(!defined(r) || (target_[r] >= 0.0 && target_[r] <= 1.0),
                      "the target at distance {} is {}; a probability in [0, 1] is expected", r, target_[r]);
    }
    quantum_ = rounding_quantum(placements_, settings.largest_change, reach());
    padded_ = (reach() + 63) / 64 * 64 + 64;
    deviations_ = hwy::AllocateAligned<double>(padded_);
    std::fill_n(deviations_.get(), padded_, 0.0);
}

double CountedTerm::deviation(std::size_t r) const {
    if (!defined(r)) return 0.0;
    const double wanted = std::round(placements_ * target_[r] / quantum_) * quantum_;
    return static_cast<double>(counts_[r]) - wanted;
}

void CountedTerm::set_counts(std::vector<std::int64_t> counts) {
    require(counts.size() == target_.size(), "{} counts given for a target of {} distances", counts.size(),
            target_.size());
    counts_ = std::move(counts);
    deviation_0_ = deviation(0);
    for (std::size_t r = 1; r <= reach(); ++r) deviations_[r - 1] = deviation(r);
}

double CountedTerm::energy() const {
    double sum = deviation_0_ * deviation_0_;
    for (std::size_t k = 0; k < reach(); ++k) sum += deviations_[k] * deviations_[k];
    return scale() * sum;
}

std::size_t CountedTerm::counted_memory() const noexcept {
    return target_.size() * (sizeof(double) + sizeof(std::int64_t) + 1) + padded_ * sizeof(double);
}

}  // namespace protolith::anneal
