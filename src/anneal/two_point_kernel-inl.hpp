// SIMD text of the two-point energy, compiled once per target. For a voxel p, g_r(p) is the number of voxels of the
// phase at distance r along the lines through p; a swap a → b changes the counts by δ_r = g_r(b) − g_r(a), less one for
// each way in which b sees a; the energy by Σ_r (V_r + 2^F δ_r) δ_r.
#include "anneal/two_point.hpp"
#include "anneal/two_point_plain.hpp"
#include "hwy/highway.h"

#include <cstdint>
#include <cstdlib>

#if defined(PROTOLITH_ANNEAL_TWO_POINT_KERNEL_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_ANNEAL_TWO_POINT_KERNEL_INL
#undef PROTOLITH_ANNEAL_TWO_POINT_KERNEL_INL
#else
#define PROTOLITH_ANNEAL_TWO_POINT_KERNEL_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace protolith::anneal {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Lines through a voxel, each in both senses. kLines: 2 in the plane, 3 in space; kGeneral: any lines, by
/// Lines::locate.
inline constexpr int kGeneral = 6;

#if HWY_TARGET == HWY_SCALAR

template <int kLines>
std::int64_t propose(TwoPoint& s, const Swap& swap) {
    return plain::propose(s, swap);
}
inline void apply_change(TwoPoint& s) { plain::apply_change(s); }

#else

using Bytes = hn::CappedTag<std::uint8_t, 64>;
using SignedBytes = hn::RebindToSigned<Bytes>;
using Words = hn::RepartitionToWide<SignedBytes>;
using Sums = hn::RepartitionToWide<Words>;

template <int kLines>
struct Star {
    Window arms[2 * kLines];
    Lines::Place places[kLines];
};

template <int kLines>
HWY_INLINE Star<kLines> star_of(const TwoPoint& s, std::uint32_t voxel) {
    const Coordinates c = s.lattice.coordinates(voxel);
    Star<kLines> star;
    if constexpr (kLines == 2) {
        star.places[0] = {c.y, c.x};
        star.places[1] = {c.x, c.y};
    }
    const std::size_t count = kLines == kGeneral ? s.lines.size() : kLines;
    for (std::size_t f = 0; f < count; ++f) {
        if constexpr (kLines != 2) star.places[f] = s.lines[f].locate(c);
        star.arms[2 * f] = s.lines[f].ahead(star.places[f]);
        star.arms[2 * f + 1] = s.lines[f].behind(star.places[f]);
    }
    return star;
}

/// Adds to `sum`, for lags 64 k + first + 1 …, the phase seen along the arms; lags beyond the range add nothing.
template <int kLines>
HWY_INLINE hn::Vec<Bytes> add_arms(const TwoPoint& s, const std::uint64_t* seen, std::size_t first,
                                   hn::Vec<Bytes> sum) {
    const Bytes d;
    const auto one = hn::Set(d, 1);
    const std::size_t arms = 2 * (kLines == kGeneral ? s.lines.size() : kLines);
    for (std::size_t f = 0; f < arms; ++f) {
        const auto bits = hn::LoadMaskBits(d, reinterpret_cast<const std::uint8_t*>(seen + f) + first / 8);
        sum = hn::Add(sum, hn::IfThenElseZero(bits, one));
    }
    return sum;
}

template <int kLines>
HWY_INLINE void load_arms(const TwoPoint& s, const Star<kLines>& star, std::size_t block, std::uint64_t* seen) {
    const std::uint64_t mask = block + 1 == s.blocks ? s.last_block_mask : ~std::uint64_t{0};
    const std::size_t arms = 2 * (kLines == kGeneral ? s.lines.size() : kLines);
    for (std::size_t f = 0; f < arms; ++f) seen[f] = star.arms[f].block(block) & mask;
}

/// Σ high δ, Σ low δ and Σ δ² of some lags.
struct EnergySums {
    hn::Vec<Sums> high, low, square;
};

HWY_INLINE void add_change(const TwoPoint& s, std::size_t at, hn::Vec<SignedBytes> change, EnergySums& sums) {
    const Words d;
    const hn::Half<SignedBytes> half;
    const Sums d32;
    auto unused = hn::Zero(d32);
    const auto add = [&](hn::Vec<Words> delta, std::size_t k) HWY_ATTR {
        sums.high = hn::ReorderWidenMulAccumulate(d32, hn::Load(d, &s.slope_high[k]), delta, sums.high, unused);
        sums.low = hn::ReorderWidenMulAccumulate(d32, hn::Load(d, &s.slope_low[k]), delta, sums.low, unused);
        sums.square = hn::ReorderWidenMulAccumulate(d32, delta, delta, sums.square, unused);
    };
    add(hn::PromoteTo(d, hn::LowerHalf(half, change)), at);
    add(hn::PromoteTo(d, hn::UpperHalf(half, change)), at + hn::Lanes(d));
    sums.low = hn::Add(sums.low, unused);
}

/// Σ (V_r + 2^F δ_r) δ_r.
HWY_INLINE std::int64_t total(const TwoPoint& s, const EnergySums& sums) {
    const Sums d;
    const auto lane_sum = [d](hn::Vec<Sums> v) HWY_ATTR { return std::int64_t{hn::GetLane(hn::SumOfLanes(d, v))}; };
    return lane_sum(sums.high) * 65536 + lane_sum(sums.low) + (lane_sum(sums.square) << s.fraction_bits);
}

HWY_INLINE EnergySums no_sums() {
    const Sums d;
    return {hn::Zero(d), hn::Zero(d), hn::Zero(d)};
}

/// The lags at which two places of one line see each other, at most two, ≤ R; 0: none.
struct SharedLags {
    std::size_t near, far;
};
HWY_INLINE SharedLags shared_lags(const TwoPoint& s, const Lines& lines, const Lines::Place& a, const Lines::Place& b) {
    const std::size_t near = a.at > b.at ? a.at - b.at : b.at - a.at, far = lines.length() - near;
    return {near <= s.range ? near : 0, far <= s.range ? far : 0};
}

/// Corrects the changes and the energy change for a swap within one line: b no longer sees a.
template <int kLines>
HWY_NOINLINE std::int64_t change_within_lines(TwoPoint& s, const Star<kLines>& a, const Star<kLines>& b) {
    const std::size_t count = kLines == kGeneral ? s.lines.size() : kLines;
    for (std::size_t f = 0; f < count; ++f) {
        if (a.places[f].line != b.places[f].line) continue;
        const SharedLags lags = shared_lags(s, s.lines[f], a.places[f], b.places[f]);
        if (lags.near) --s.change[lags.near - 1];
        if (lags.far) --s.change[lags.far - 1];
    }
    const SignedBytes d;
    EnergySums sums = no_sums();
    for (std::size_t at = 0; at < s.change.size(); at += hn::Lanes(d))
        add_change(s, at, hn::Load(d, &s.change[at]), sums);
    return total(s, sums);
}

/// Energy change of the swap in units of 2^-F counts²; leaves δ in s.change.
template <int kLines>
HWY_INLINE std::int64_t propose(TwoPoint& s, const Swap& swap) {
    const Bytes d;
    const SignedBytes ds;
    const Star<kLines> a = star_of<kLines>(s, swap.from), b = star_of<kLines>(s, swap.to);
    EnergySums sums = no_sums();
    for (std::size_t block = 0; block < s.blocks; ++block) {
        std::uint64_t seen_a[2 * kLines], seen_b[2 * kLines];
        load_arms<kLines>(s, a, block, seen_a);
        load_arms<kLines>(s, b, block, seen_b);
        for (std::size_t first = 0; first < 64; first += hn::Lanes(d)) {
            const auto from = add_arms<kLines>(s, seen_a, first, hn::Zero(d));
            const auto to = add_arms<kLines>(s, seen_b, first, hn::Zero(d));
            const auto change = hn::BitCast(ds, hn::Sub(to, from));
            hn::Store(change, ds, &s.change[64 * block + first]);
            add_change(s, 64 * block + first, change, sums);
        }
    }
    bool within = false;
    const std::size_t count = kLines == kGeneral ? s.lines.size() : kLines;
    for (std::size_t f = 0; f < count; ++f) within |= a.places[f].line == b.places[f].line;
    if (HWY_UNLIKELY(within)) return change_within_lines<kLines>(s, a, b);
    return total(s, sums);
}

/// V += 2^(F+1) δ, split anew.
HWY_INLINE void apply_change(TwoPoint& s) {
    const Sums d;
    const hn::Rebind<std::int16_t, Sums> half;
    const hn::Rebind<std::int8_t, Sums> quarter;
    const int shift = s.fraction_bits + 1;
    for (std::size_t k = 0; k < s.slope.size(); k += hn::Lanes(d)) {
        const auto change = hn::ShiftLeftSame(hn::PromoteTo(d, hn::Load(quarter, &s.change[k])), shift);
        const auto slope = hn::Add(hn::Load(d, &s.slope[k]), change);
        hn::Store(slope, d, &s.slope[k]);
        const auto low = hn::ShiftRight<16>(hn::ShiftLeft<16>(slope));
        hn::Store(hn::DemoteTo(half, low), half, &s.slope_low[k]);
        hn::Store(hn::DemoteTo(half, hn::ShiftRight<16>(hn::Sub(slope, low))), half, &s.slope_high[k]);
    }
}

#endif  // HWY_SCALAR

HWY_INLINE void accept(TwoPoint& s, const Swap& swap) {
    apply_change(s);
    const Coordinates from = s.lattice.coordinates(swap.from), to = s.lattice.coordinates(swap.to);
    for (Lines& lines : s.lines) {
        lines.set(from, false);
        lines.set(to, true);
    }
}

// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace HWY_NAMESPACE
}  // namespace protolith::anneal
HWY_AFTER_NAMESPACE();
#endif
