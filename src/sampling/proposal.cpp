#include "sampling/proposal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace protolith::sampling {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Every proposal here is N(keep · z + push · ∇log L, s² I).
struct Drift {
    double keep, push;
};

Drift drift_of(const Kernel& k, double log_likelihood) {
    const double s2 = k.step * k.step, keep = std::sqrt(std::max(0.0, 1 - s2));
    const bool possible = log_likelihood > -infinity;
    switch (k.proposal) {
        case Proposal::random_walk:
            return {1, 0};
        case Proposal::pcn:
            return {keep, 0};
        case Proposal::mala:
            return {1 - s2 / 2, possible ? k.beta * s2 / 2 : 0};
        case Proposal::infinity_mala:
            return {keep, possible ? k.beta * (1 - keep) : 0};
    }
    return {1, 0};
}

double square(double x) { return x * x; }

/// |z|² difference from the two points as Σ (a − b)(a + b): exact where they are near.
double norm_difference(const double* a, const double* b, std::size_t n) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += (a[i] - b[i]) * (a[i] + b[i]);
    return sum;
}

/// −s²·log of the density of `to` under the proposal from `from`, times 2: |to − mean(from)|².
double distance_to_mean(const Kernel& k, const Point& from, const Point& to) {
    const auto [keep, push] = drift_of(k, from.log_likelihood);
    double sum = 0;
    if (push == 0)
        for (std::size_t i = 0; i < k.dimensions; ++i) sum += square(to.z[i] - keep * from.z[i]);
    else
        for (std::size_t i = 0; i < k.dimensions; ++i)
            sum += square(to.z[i] - keep * from.z[i] - push * from.gradient[i]);
    return sum;
}

/// The part of pCNL's ratio beyond the likelihoods. With a = √(1 − s²) and the pushes m, those of pCN cancel against
/// the prior and leave [2⟨from − a·to, m(to)⟩ − |m(to)|² − 2⟨to − a·from, m(from)⟩ + |m(from)|²] / 2s².
double push_ratio(const Kernel& k, const Point& from, const Point& to) {
    const auto there = drift_of(k, from.log_likelihood), back = drift_of(k, to.log_likelihood);
    double sum = 0;
    if (back.push != 0)
        for (std::size_t i = 0; i < k.dimensions; ++i) {
            const double m = back.push * to.gradient[i];
            sum += m * (2 * (from.z[i] - back.keep * to.z[i]) - m);
        }
    if (there.push != 0)
        for (std::size_t i = 0; i < k.dimensions; ++i) {
            const double m = there.push * from.gradient[i];
            sum -= m * (2 * (to.z[i] - there.keep * from.z[i]) - m);
        }
    return sum / (2 * square(k.step));
}

/// Prior over the distribution that pCN keeps, of `to` against `from`.
double reference_ratio(const Kernel& k, const Point& from, const Point& to) {
    if (k.reference == nullptr) return 0;
    return (k.reference->square_distance(to.z) - k.reference->square_distance(from.z) -
            norm_difference(to.z, from.z, k.dimensions)) /
           2;
}

}  // namespace

void propose(const Kernel& k, const Point& from, const double* xi, double* to) {
    if (k.independent()) {
        std::copy_n(xi, k.dimensions, to);
        return;
    }
    const auto [keep, push] = drift_of(k, from.log_likelihood);
    if (k.reference != nullptr) {
        k.reference->propose(keep, k.step, from.z, xi, to);
        return;
    }
    for (std::size_t i = 0; i < k.dimensions; ++i) to[i] = keep * from.z[i] + k.step * xi[i];
    if (push != 0)
        for (std::size_t i = 0; i < k.dimensions; ++i) to[i] += push * from.gradient[i];
}

double log_ratio(const Kernel& k, const Point& from, const Point& to) {
    if (k.independent()) return 0;
    if (from.log_likelihood == -infinity) return infinity;
    if (to.log_likelihood == -infinity) return -infinity;
    const double likelihoods = k.beta * (to.log_likelihood - from.log_likelihood);
    switch (k.proposal) {
        case Proposal::random_walk:
            return likelihoods - norm_difference(to.z, from.z, k.dimensions) / 2;
        case Proposal::pcn:
            return likelihoods + reference_ratio(k, from, to);
        case Proposal::mala:
            return likelihoods - norm_difference(to.z, from.z, k.dimensions) / 2 +
                   (distance_to_mean(k, from, to) - distance_to_mean(k, to, from)) / (2 * square(k.step));
        case Proposal::infinity_mala:
            return likelihoods + push_ratio(k, from, to);
    }
    return -infinity;
}

}  // namespace protolith::sampling
