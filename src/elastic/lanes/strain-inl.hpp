// Strain, stress and divergence on the rotated grid (Willot 2015): displacements sit at the corners of pixels, strains
// and stresses at their centres. Derivatives are differences across the pixel, averaged over its two sides; the
// divergence is their transpose. Pixels have side 1. Compiled once per SIMD target.
#if defined(PROTOLITH_ELASTIC_STRAIN_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_ELASTIC_STRAIN_INL
#undef PROTOLITH_ELASTIC_STRAIN_INL
#else
#define PROTOLITH_ELASTIC_STRAIN_INL
#endif

#include "elastic/lanes/plan.hpp"
#include "hwy/highway.h"

#include <cstddef>
#include <utility>

HWY_BEFORE_NAMESPACE();
namespace protolith::elastic::HWY_NAMESPACE {

/// ε11, ε22, γ = 2ε12; or σ11, σ22, σ12: a strain and a stress pair off component by component.
template <class V>
struct Plane {
    V xx, yy, xy;
};
template <class V>
HWY_INLINE Plane<V> operator+(const Plane<V>& a, const Plane<V>& b) {
    return {a.xx + b.xx, a.yy + b.yy, a.xy + b.xy};
}
template <class V>
HWY_INLINE Plane<V> operator-(const Plane<V>& a, const Plane<V>& b) {
    return {a.xx - b.xx, a.yy - b.yy, a.xy - b.xy};
}
template <class V>
HWY_INLINE Plane<V> operator*(const V& f, const Plane<V>& a) {
    return {f * a.xx, f * a.yy, f * a.xy};
}
/// strain : stress
template <class V>
HWY_INLINE V pair(const Plane<V>& a, const Plane<V>& b) {
    return a.xx * b.xx + a.yy * b.yy + a.xy * b.xy;
}

/// c : ε with Lamé's parameters.
template <class V>
HWY_INLINE Plane<V> stress(const V& lambda, const V& mu, const Plane<V>& e) {
    const V trace = lambda * (e.xx + e.yy), twice = mu + mu;
    return {trace + twice * e.xx, trace + twice * e.yy, mu * e.xy};
}
/// … of a grey value.
template <class V, class T>
HWY_INLINE Plane<V> stress(const LanePlan<T>& plan, const V& grey, const Plane<V>& e) {
    return stress<V>(plan.lambda + plan.lambda_slope * grey, plan.mu + plan.mu_slope * grey, e);
}
/// c′ : ε, the stress that a unit of grey adds.
template <class V, class T>
HWY_INLINE Plane<V> stress_slope(const LanePlan<T>& plan, const Plane<V>& e) {
    return stress<V>(V{} + plan.lambda_slope, V{} + plan.mu_slope, e);
}

/// Strains along a row of pixels between the displacements of the corners before (`lower`) and behind it, from the
/// first pixel to the last or, `descending`, from the last to the first.
template <class V, class T, bool descending = false>
class StrainRow {
  public:
    StrainRow(const T* lower, const T* upper, std::size_t columns)
        : lower_(reinterpret_cast<const V*>(lower)), upper_(reinterpret_cast<const V*>(upper)), columns_(columns) {
        load(0);  // the first corner, and the one behind the last pixel
    }
    /// Of pixel x; to be called for one after another.
    HWY_INLINE Plane<V> at(std::size_t x) {
        const V sum1 = sum1_, sum2 = sum2_, step1 = step1_, step2 = step2_;
        load(descending ? x : x + 1 < columns_ ? x + 1 : 0);
        constexpr T half = descending ? T(-0.5) : T(0.5), mean = T(0.5);
        return {half * (sum1_ - sum1), mean * (step2_ + step2), mean * (step1_ + step1) + half * (sum2_ - sum2)};
    }

  private:
    HWY_INLINE void load(std::size_t x) {
        const V a1 = lower_[2 * x], a2 = lower_[2 * x + 1], b1 = upper_[2 * x], b2 = upper_[2 * x + 1];
        sum1_ = a1 + b1;
        sum2_ = a2 + b2;
        step1_ = b1 - a1;
        step2_ = b2 - a2;
    }
    const V* lower_;
    const V* upper_;
    std::size_t columns_;
    V sum1_, sum2_, step1_, step2_;
};

/// Bᵀ σ at a row of corners, between the stresses (columns, 3) of the pixels before (`lower`) and behind it; calls
/// corner(x, q1, q2).
template <class V, class T, class Corner>
HWY_INLINE void divergence_row(const T* lower_row, const T* upper_row, std::size_t columns, Corner&& corner) {
    const V* const lower = reinterpret_cast<const V*>(lower_row);
    const V* const upper = reinterpret_cast<const V*>(upper_row);
    V sum_xx, sum_xy, step_yy, step_xy;
    const auto load = [&](std::size_t x) HWY_ATTR {
        sum_xx = lower[3 * x] + upper[3 * x];
        step_yy = lower[3 * x + 1] - upper[3 * x + 1];
        sum_xy = lower[3 * x + 2] + upper[3 * x + 2];
        step_xy = lower[3 * x + 2] - upper[3 * x + 2];
    };
    load(columns - 1);
    constexpr T half = T(0.5);
    for (std::size_t x = 0; x < columns; ++x) {
        const V left_xx = sum_xx, left_xy = sum_xy, left_yy_step = step_yy, left_xy_step = step_xy;
        load(x);
        corner(x, half * ((left_xx - sum_xx) + (step_xy + left_xy_step)),
               half * ((left_xy - sum_xy) + (step_yy + left_yy_step)));
    }
}

/// Goes over the image once: prepare(y) before row y of corners is used, stresses(y, out) for every row of pixels,
/// between corners y and y + 1, corners(y, lower, upper) for every row of corners as soon as the stresses of the pixels
/// about it are known. `rows_of_stress` holds three rows.
template <class T, class Prepare, class Stresses, class Corners>
HWY_INLINE void sweep(const LanePlan<T>& plan, T* rows_of_stress, Prepare&& prepare, Stresses&& stresses,
                      Corners&& corners) {
    const std::size_t row = 3 * plan.columns * fft::lanes<T>;
    T* const first = rows_of_stress;
    T *lower = first + row, *upper = first + 2 * row;
    prepare(0);
    prepare(1);
    stresses(0, first);
    for (std::size_t y = 1; y < plan.rows; ++y) {
        if (y + 1 < plan.rows) prepare(y + 1);
        stresses(y, upper);
        corners(y, y == 1 ? first : lower, upper);
        std::swap(lower, upper);
    }
    corners(std::size_t{0}, lower, first);
}

}  // namespace protolith::elastic::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
