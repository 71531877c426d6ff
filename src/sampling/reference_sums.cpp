#include "sampling/reference_sums.hpp"

#include "sampling/ladder.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Eigenvalues>

namespace protolith::sampling {

namespace {

constexpr double fixed_point = 0x1p28;  // |z| < 8: room for 5e8 visits
constexpr double bound = 8;             // a standard normal number is beyond once in 1e15
constexpr std::int64_t visits_of_a_variable = 10;

/// Widens a covariance: each variance v along its axes that is below the prior's becomes v (2 − v). Where a posterior
/// is not normal, tails that the proposals seldom reach would hold the chain for long.
void widen(Eigen::Ref<Eigen::MatrixXd> covariance) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> axes(covariance);
    Eigen::VectorXd variance = axes.eigenvalues();
    for (double& v : variance)
        if (v < 1) v *= 2 - v;
    covariance = axes.eigenvectors() * variance.asDiagonal() * axes.eigenvectors().transpose();
}

std::int64_t whole(double value) { return std::llrint(value * fixed_point); }

}  // namespace

bool estimates_after(const Settings& s, std::uint64_t sweep) {
    return ends_round(s, sweep) || sweep + 1 == last_estimate(s);
}

ReferenceSums::ReferenceSums(const Settings& s) : dimensions_(s.dimensions), sums_(s.temperatures * size()) {}

void ReferenceSums::add(std::size_t level, std::span<const double> z) noexcept {
    std::int64_t* sum = &sums_[level * size()];
    *sum++ += 1;
    for (const double value : z) *sum++ += whole(std::clamp(value, -bound, bound));
    for (std::size_t c = 0; c < dimensions_; ++c) {
        const double along = std::clamp(z[c], -bound, bound);
        for (std::size_t r = c; r < dimensions_; ++r) *sum++ += whole(along * std::clamp(z[r], -bound, bound));
    }
}

Reference ReferenceSums::reference(const std::int64_t* sums) const {
    const std::size_t n = dimensions_;
    const auto visits = static_cast<double>(sums[0]);
    const double prior = 1 / (1 + visits / static_cast<double>(n));
    std::vector<double> mean(n), covariance(n * n);
    for (std::size_t i = 0; i < n; ++i) mean[i] = static_cast<double>(sums[1 + i]) / fixed_point / visits;
    const std::int64_t* product = sums + 1 + n;
    for (std::size_t c = 0; c < n; ++c)
        for (std::size_t r = c; r < n; ++r) {
            const double seen = static_cast<double>(*product++) / fixed_point / visits - mean[r] * mean[c];
            covariance[r * n + c] = covariance[c * n + r] = (1 - prior) * seen + (r == c ? prior : 0);
        }
    const auto rows = static_cast<Eigen::Index>(n);
    widen(Eigen::Map<Eigen::MatrixXd>(covariance.data(), rows, rows));
    return {std::move(mean), covariance};
}

void ReferenceSums::estimate(const Communicator& comm, std::vector<Reference>& references) {
    const auto all = pack(comm);
    for (std::size_t level = 0; level < references.size(); ++level) {
        const std::int64_t* of_level = &all[level * size()];
        if (*of_level < visits_of_a_variable * static_cast<std::int64_t>(dimensions_)) continue;
        references[level] = reference(of_level);
        std::fill_n(&sums_[level * size()], size(), std::int64_t{0});
    }
}

std::vector<std::int64_t> ReferenceSums::pack(const Communicator& comm) const {
    std::vector<std::int64_t> all = sums_;
    comm.sum_in_place(all.data(), all.size());
    return all;
}

void ReferenceSums::unpack(const Communicator& comm, std::span<const std::int64_t> packed) {
    require(packed.size() == sums_.size(), "{} sums of visited states saved, {} expected", packed.size(), sums_.size());
    std::fill(sums_.begin(), sums_.end(), std::int64_t{0});
    if (comm.is_root()) std::copy(packed.begin(), packed.end(), sums_.begin());
}

}  // namespace protolith::sampling
