// Bilateral filter: every pixel becomes the mean of its neighbours, weighted by nearness in place and in grey value, so
// that noise is smoothed and edges stay (C. Tomasi and R. Manduchi, Bilateral filtering for gray and color images, ICCV
// 1998, Eq. 5 to 8). The sum over the window is taken in full, one SIMD lane a pixel.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace protolith::prepare {

/// h(p) = Σ_q f(q) w(p, q) / Σ_q w(p, q), w = exp(−|q − p|²/2σ_d² − (f(q) − f(p))²/2σ_r²), over the square of
/// 2·radius + 1 pixels about p and inside the image.
class BilateralFilter {
  public:
    /// `sigma_space` in pixels, `sigma_range` in grey values, both > 0; `radius` 0: ⌈3·sigma_space⌉.
    BilateralFilter(double sigma_space, double sigma_range, std::size_t radius = 0);

    std::size_t radius() const noexcept { return radius_; }

    /// What stands where the image has no pixel: so far from every grey value that its weight is 0.
    static constexpr float outside = std::numeric_limits<float>::max() / 4;
    /// Values beyond the end that every row must have room for: a SIMD vector may reach beyond the last pixel.
    static constexpr std::size_t slack = 16;

    /// Filters one row of `width` pixels. rows[k], k = 0 … 2·radius, is the first pixel of row y − radius + k, or null
    /// where the image has no such row; before and after its pixels stand `radius` values of `outside`, and then
    /// `slack` values of whatever. `out` has room for width + slack values.
    void row(const float* const* rows, std::size_t width, float* out) const;

  private:
    std::size_t radius_;
    float range_;               // −log2(e)/2σ_r²
    std::vector<float> space_;  // −|q − p|² log2(e)/2σ_d² (row, column)
};

}  // namespace protolith::prepare
