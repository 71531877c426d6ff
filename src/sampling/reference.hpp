// The normal distribution that a level's pCN proposals keep: the prior at first, then what the burn-in has seen of the
// level (Hu, Yao & Li 2017, J. Comput. Phys. 332, 492: adaptive pCN), so that steps suit directions that the data
// constrain as well as those that they leave free.
#pragma once

#include "sampling/lower_triangle.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace protolith::sampling {

/// N(m, C) with C = L Lᵀ.
class Reference {
  public:
    /// The prior, N(0, I).
    Reference() = default;
    /// `mean` (dimensions), `covariance` (dimensions, dimensions), symmetric. Error if it is not positive definite.
    Reference(std::vector<double> mean, std::span<const double> covariance);

    bool is_prior() const noexcept { return mean_.empty(); }
    /// to = m + keep · (from − m) + step · L ξ; not of the prior.
    void propose(double keep, double step, const double* from, const double* xi, double* to) const noexcept;
    /// |L⁻¹ (z − m)|²; not of the prior.
    double square_distance(const double* z) const;

    /// For checkpoints: packed_size() numbers, all 0 of the prior.
    static std::size_t packed_size(std::size_t dimensions) noexcept { return dimensions * (dimensions + 2); }
    std::vector<double> pack(std::size_t dimensions) const;
    static Reference unpacked(std::span<const double> packed, std::size_t dimensions);

  private:
    std::vector<double> mean_;
    LowerTriangle factor_, inverse_;  // L, L⁻¹
};

}  // namespace protolith::sampling
