// What all terms share: the counts C_r, the target and the deviations D_r = C_r − M f_r, so that
// ΔE = w/M² Σ_r (2 D_r + δ_r) δ_r for proposed changes δ_r (Yeong & Torquato 1998, Phys. Rev. E 57, 495, Eq. 4).
#pragma once

#include "anneal/term.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include <hwy/aligned_allocator.h>

namespace protolith::anneal {

/// Which distances of a curve enter the energy, and how it is normalised.
struct CurveSettings {
    std::vector<double> target;   ///< f_r for r = 0 … R, finite wherever `defined`
    double weight = 1.0;          ///< w ≥ 0
    double placements = 1.0;      ///< M
    double largest_change = 1.0;  ///< bound of |δ_r|, for the rounding of D_r
    std::vector<bool> defined;    ///< by r = 0 … R; empty: all. What is not defined counts 0 and weighs nothing
};

/// A term by its counts. D_r is rounded to a multiple of a power of two, so small (below 1e-11 in f_r) that it does not
/// matter, and so large that the sums of ΔE are exact in double: the same bits in every order and SIMD width.
class CountedTerm : public Term {
  public:
    double energy() const override;
    std::span<const std::int64_t> counts() const override { return counts_; }
    std::span<const double> target() const override { return target_; }
    double placements() const override { return placements_; }

  protected:
    /// Throws InputError for a target that is empty, not finite or outside [0, 1], and for a negative weight.
    explicit CountedTerm(CurveSettings settings);

    /// R, the largest distance.
    std::size_t reach() const noexcept { return target_.size() - 1; }
    bool defined(std::size_t r) const noexcept { return defined_[r] != 0; }
    /// D_r for r = 1 … R at [r − 1], zero up to a multiple of 64.
    const double* deviations() const noexcept { return deviations_.get(); }
    /// w / M²
    double scale() const noexcept { return weight_ / (placements_ * placements_); }
    void set_counts(std::vector<std::int64_t> counts);
    /// C_r += δ_r for r = 1 … changes.size(); δ_0 is zero in every swap.
    template <class T>
    void add_changes(std::span<const T> changes) {
        for (std::size_t k = 0; k < changes.size(); ++k) {
            counts_[k + 1] += changes[k];
            deviations_[k] += static_cast<double>(changes[k]);
        }
    }
    /// Bytes of counts, target and deviations.
    std::size_t counted_memory() const noexcept;

  private:
    double deviation(std::size_t r) const;

    std::vector<double> target_;
    std::vector<std::int64_t> counts_;
    std::vector<std::uint8_t> defined_;
    hwy::AlignedFreeUniquePtr<double[]> deviations_;
    std::size_t padded_;
    double weight_, placements_, quantum_, deviation_0_ = 0.0;
};

}  // namespace protolith::anneal
