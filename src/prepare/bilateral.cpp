#include "prepare/bilateral.hpp"

#include "base/error.hpp"

#include <cmath>
#include <numbers>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "prepare/bilateral.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::prepare::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Single = hn::CappedTag<float, BilateralFilter::slack>;

/// Weights below 2^-126 count as 0.
constexpr float vanishing = -126.0f;

/// 2^t for −126 ≤ t ≤ 0: a polynomial of degree 5 (Chebyshev nodes; relative error 1e-7) for the fraction, into whose
/// exponent bits the whole part is added. Adding 1.5·2^23 rounds t to a whole number, which then stands in the low
/// bits.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V power_of_two(D d, V t) {
    const hn::RebindToSigned<D> di;
    const auto rounding = hn::Set(d, 12582912.0f);
    const auto rounded = hn::Add(t, rounding);
    const auto f = hn::Sub(t, hn::Sub(rounded, rounding));
    auto p = hn::MulAdd(hn::Set(d, 1.339086336e-03f), f, hn::Set(d, 9.676031918e-03f));
    p = hn::MulAdd(p, f, hn::Set(d, 5.550357114e-02f));
    p = hn::MulAdd(p, f, hn::Set(d, 2.402210749e-01f));
    p = hn::MulAdd(p, f, hn::Set(d, 6.931471880e-01f));
    p = hn::MulAdd(p, f, hn::Set(d, 1.000000075e+00f));
    return hn::BitCast(d, hn::Add(hn::BitCast(di, p), hn::ShiftLeft<23>(hn::BitCast(di, rounded))));
}

void filter_row(const float* const* rows, std::size_t radius, const float* space, float range, std::size_t width,
                float* out) {
    const Single d;
    const std::size_t side = 2 * radius + 1;
    const auto range_factor = hn::Set(d, range);
    for (std::size_t x = 0; x < width; x += hn::Lanes(d)) {
        const auto centre = hn::LoadU(d, rows[radius] + x);
        auto sum = hn::Zero(d), weights = hn::Zero(d);
        for (std::size_t j = 0; j < side; ++j) {
            if (rows[j] == nullptr) continue;
            const float* first = rows[j] + x - radius;
            for (std::size_t i = 0; i < side; ++i) {
                const auto difference = hn::Sub(hn::LoadU(d, first + i), centre);
                const auto t =
                    hn::MulAdd(hn::Mul(difference, difference), range_factor, hn::Set(d, space[j * side + i]));
                const auto w = hn::IfThenElseZero(hn::Gt(t, hn::Set(d, vanishing)),
                                                  power_of_two(d, hn::Max(t, hn::Set(d, vanishing))));
                weights = hn::Add(weights, w);
                sum = hn::MulAdd(w, difference, sum);
            }
        }
        hn::StoreU(hn::Add(centre, hn::Div(sum, weights)), d, out + x);
    }
}

}  // namespace protolith::prepare::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::prepare {

HWY_EXPORT(filter_row);

BilateralFilter::BilateralFilter(double sigma_space, double sigma_range, std::size_t radius)
    : radius_(radius > 0 ? radius : static_cast<std::size_t>(std::ceil(3 * sigma_space))),
      range_(static_cast<float>(-std::numbers::log2e / (2 * sigma_range * sigma_range))) {
    require_input(sigma_space > 0 && sigma_range > 0,
                  "bilateral filter with sigma_space {} and sigma_range {}; both must be above 0", sigma_space,
                  sigma_range);
    require_input(std::isfinite(range_), "bilateral filter: sigma_range {} is too small for single precision",
                  sigma_range);
    const auto r = static_cast<int>(radius_);
    for (int dy = -r; dy <= r; ++dy)
        for (int dx = -r; dx <= r; ++dx)
            space_.push_back(
                static_cast<float>(-(dy * dy + dx * dx) * std::numbers::log2e / (2 * sigma_space * sigma_space)));
}

void BilateralFilter::row(const float* const* rows, std::size_t width, float* out) const {
    HWY_DYNAMIC_DISPATCH(filter_row)(rows, radius_, space_.data(), range_, width, out);
}

}  // namespace protolith::prepare
#endif
