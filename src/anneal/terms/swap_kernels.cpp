#include "anneal/terms/swap_kernels.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "anneal/terms/swap_kernels.cpp"
#include <hwy/foreach_target.h>
// after foreach_target
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::anneal {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Σ (2 D + δ) δ over `count` distances, a multiple of 16.
template <class T>
double squares_change(const double* deviation, const T* change, std::size_t count) {
    const hn::CappedTag<double, 8> d;
    const hn::Rebind<std::int32_t, decltype(d)> d32;
    const hn::Rebind<T, decltype(d)> narrow;
    const auto squares = [&](std::size_t k) {
        const auto delta = hn::PromoteTo(d, hn::PromoteTo(d32, hn::LoadU(narrow, change + k)));
        const auto twice = hn::Load(d, deviation + k);
        return hn::Mul(hn::Add(hn::Add(twice, twice), delta), delta);
    };
    auto even = hn::Zero(d), odd = hn::Zero(d);
    for (std::size_t k = 0; k < count; k += 2 * hn::Lanes(d)) {
        even = hn::Add(even, squares(k));
        odd = hn::Add(odd, squares(k + hn::Lanes(d)));
    }
    return hn::GetLane(hn::SumOfLanes(d, hn::Add(even, odd)));
}

/// Bits to bytes: change[k] += or −= bit k of the word.
inline void sum_bits(const std::uint64_t* minus, const std::uint64_t* plus, std::size_t rows, std::size_t words,
                     std::int8_t* change) {
#if HWY_TARGET == HWY_SCALAR
    for (std::size_t k = 0; k < 64; ++k) {
        int delta = 0;
        for (std::size_t i = 0; i < rows; ++i)
            delta += static_cast<int>((plus[i * words] >> k) & 1) - static_cast<int>((minus[i * words] >> k) & 1);
        change[k] = static_cast<std::int8_t>(delta);
    }
#else
    const hn::CappedTag<std::int8_t, 64> d;
    for (std::size_t k = 0; k < 64; k += hn::Lanes(d)) {
        auto delta = hn::Zero(d);
        for (std::size_t i = 0; i < rows; ++i) {
            const auto* const less = reinterpret_cast<const std::uint8_t*>(minus + i * words) + k / 8;
            const auto* const more = reinterpret_cast<const std::uint8_t*>(plus + i * words) + k / 8;
            delta = hn::Add(delta, hn::VecFromMask(d, hn::LoadMaskBits(d, less)));  // a set lane is −1
            delta = hn::Sub(delta, hn::VecFromMask(d, hn::LoadMaskBits(d, more)));
        }
        hn::Store(delta, d, change + k);
    }
#endif
}

double polytope_change(const std::uint64_t* minus, const std::uint64_t* plus, std::size_t rows, std::size_t words,
                       const double* deviation, std::int8_t* change) {
    for (std::size_t w = 0; w < words; ++w) sum_bits(minus + w, plus + w, rows, words, change + 64 * w);
    return squares_change(deviation, change, 64 * words);
}

double lineal_change(const RunPair* pairs, std::size_t count, std::size_t reach, const double* deviation,
                     std::int16_t* change, std::size_t* used) {
    const hn::CappedTag<std::int16_t, 16> d;
    std::size_t longest = 0;
    for (std::size_t i = 0; i < count; ++i) longest = std::max<std::size_t>(longest, pairs[i].before + pairs[i].after);
    *used = std::min(longest, reach);
    const auto one = hn::Set(d, 1), end = hn::Set(d, static_cast<std::int16_t>(reach + 1));
    const std::size_t padded = (*used + 15) / 16 * 16;
    for (std::size_t k = 0; k < padded; k += hn::Lanes(d)) {
        const auto r = hn::Iota(d, static_cast<std::int16_t>(k + 1));
        auto delta = hn::Zero(d);
        for (std::size_t i = 0; i < count; ++i) {
            // segments of r + 1 voxels that contain the voxel: as many as start in the run and reach the voxel
            const auto before = hn::Set(d, pairs[i].before), after = hn::Set(d, pairs[i].after);
            const auto room = hn::Sub(hn::Add(hn::Add(before, after), one), r);
            const auto starts = hn::Add(hn::Min(r, hn::Min(before, after)), one);
            const auto segments = hn::Max(hn::Min(starts, room), hn::Zero(d));
            delta = hn::Add(delta, hn::Mul(segments, hn::Set(d, pairs[i].sign)));
        }
        hn::Store(hn::IfThenElseZero(hn::Lt(r, end), delta), d, change + k);
    }
    return squares_change(deviation, change, padded);
}

}  // namespace HWY_NAMESPACE
}  // namespace protolith::anneal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::anneal {

HWY_EXPORT(polytope_change);
HWY_EXPORT(lineal_change);

SwapKernels choose_swap_kernels() {
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    return {HWY_DYNAMIC_DISPATCH(polytope_change), HWY_DYNAMIC_DISPATCH(lineal_change)};
}

}  // namespace protolith::anneal
#endif
