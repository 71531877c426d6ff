#include "sampling/reference.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <utility>

#include <Eigen/Cholesky>

namespace protolith::sampling {

namespace {

/// The lower triangle of a matrix, column by column.
std::vector<double> columns_of(const Eigen::MatrixXd& matrix) {
    std::vector<double> packed;
    for (Eigen::Index c = 0; c < matrix.cols(); ++c)
        for (Eigen::Index r = c; r < matrix.rows(); ++r) packed.push_back(matrix(r, c));
    return packed;
}

}  // namespace

Reference::Reference(std::vector<double> mean, std::span<const double> covariance) : mean_(std::move(mean)) {
    const auto n = static_cast<Eigen::Index>(mean_.size());
    require(covariance.size() == mean_.size() * mean_.size(), "a covariance of {} numbers for a mean of {}",
            covariance.size(), mean_.size());
    const Eigen::LLT<Eigen::MatrixXd> cholesky(Eigen::Map<const Eigen::MatrixXd>(covariance.data(), n, n));
    require(cholesky.info() == Eigen::Success, "a covariance of {} variables is not positive definite", n);
    const Eigen::MatrixXd lower = cholesky.matrixL();
    factor_ = {mean_.size(), columns_of(lower)};
    inverse_ = {mean_.size(), columns_of(lower.triangularView<Eigen::Lower>().solve(Eigen::MatrixXd::Identity(n, n)))};
}

void Reference::propose(double keep, double step, const double* from, const double* xi, double* to) const noexcept {
    for (std::size_t i = 0; i < mean_.size(); ++i) to[i] = mean_[i] + keep * (from[i] - mean_[i]);
    factor_.multiply_add(step, xi, to);
}

double Reference::square_distance(const double* z) const {
    static thread_local std::vector<double> apart;
    apart.resize(mean_.size());
    for (std::size_t i = 0; i < mean_.size(); ++i) apart[i] = z[i] - mean_[i];
    return inverse_.square_norm(apart.data());
}

std::vector<double> Reference::pack(std::size_t n) const {
    std::vector<double> packed = mean_;
    for (const auto* triangle : {&factor_, &inverse_}) {
        const auto numbers = triangle->columns();
        packed.insert(packed.end(), numbers.begin(), numbers.end());
    }
    packed.resize(packed_size(n));
    return packed;
}

Reference Reference::unpacked(std::span<const double> packed, std::size_t n) {
    require(packed.size() == packed_size(n), "a reference of {} variables with {} numbers", n, packed.size());
    Reference reference;
    if (packed[n] == 0) return reference;  // the first number of L
    const std::size_t triangle = n * (n + 1) / 2;
    reference.mean_.assign(packed.begin(), packed.begin() + static_cast<std::ptrdiff_t>(n));
    reference.factor_ = {n, packed.subspan(n, triangle)};
    reference.inverse_ = {n, packed.subspan(n + triangle, triangle)};
    return reference;
}

}  // namespace protolith::sampling
