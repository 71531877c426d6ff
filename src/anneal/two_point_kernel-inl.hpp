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

/// Lines through a voxel: 2 in an image, by coordinates; kGeneral: any directions, by Lines::locate.
inline constexpr int kPlane = 2, kGeneral = 6;

template <int kLines>
struct Star {
    Window arms[2 * kLines];
    Lines::Place places[kLines];
};

/// What a trial reads of a TwoPoint, by value: the compiler then knows that no store of the loop changes it.
template <int kLines>
struct View {
    explicit View(const TwoPoint& s)
        : lattice(s.lattice),
          lines(s.lines.data()),
          directions(s.lines.size()),
          high(s.slope_high.data()),
          low(s.slope_low.data()),
          blocks(s.blocks),
          last_block_mask(s.last_block_mask),
          fraction_bits(s.fraction_bits) {
        for (std::size_t f = 0; f < count(); ++f)
            families[f] = {lines[f].words_ahead(), lines[f].words_behind(), lines[f].stride(), lines[f].length()};
    }

    std::size_t count() const { return kLines == kGeneral ? directions : kLines; }

    HWY_INLINE Lines::Place place(const Coordinates& c, std::size_t f) const {
        if constexpr (kLines == kPlane) return f == 0 ? Lines::Place{c.y, c.x} : Lines::Place{c.x, c.y};
        return lines[f].locate(c);
    }

    HWY_INLINE Star<kLines> star(std::uint32_t voxel) const {
        const Coordinates c = lattice.coordinates(voxel);
        Star<kLines> star;
        for (std::size_t f = 0; f < count(); ++f) {
            const Family& family = families[f];
            const Lines::Place p = star.places[f] = place(c, f);
            const std::uint32_t ahead = p.at + 1, behind = family.length - p.at + 1;
            star.arms[2 * f] = {family.ahead + p.line * family.stride + ahead / 64, ahead % 64};
            star.arms[2 * f + 1] = {family.behind + p.line * family.stride + behind / 64, behind % 64};
        }
        return star;
    }

    /// 64 lags along every arm, those beyond the range 0.
    HWY_INLINE void look(const Star<kLines>& star, std::size_t block, std::uint64_t* seen) const {
        const std::uint64_t mask = block + 1 == blocks ? last_block_mask : ~std::uint64_t{0};
        for (std::size_t arm = 0; arm < 2 * count(); ++arm) seen[arm] = star.arms[arm].block(block) & mask;
    }

    HWY_INLINE bool share_line(const Star<kLines>& a, const Star<kLines>& b) const {
        bool share = false;
        for (std::size_t f = 0; f < count(); ++f) share |= a.places[f].line == b.places[f].line;
        return share;
    }

    struct Family {
        const std::uint64_t *ahead, *behind;
        std::size_t stride;
        std::uint32_t length;
    };
    Lattice lattice;
    const Lines* lines;
    std::size_t directions;
    Family families[kLines];
    const std::int16_t *high, *low;
    std::size_t blocks;
    std::uint64_t last_block_mask;
    int fraction_bits;
};

#if HWY_TARGET == HWY_SCALAR

template <int kLines>
std::int64_t propose(TwoPoint& s, const View<kLines>&, const Swap& swap) {
    return plain::propose(s, swap);
}
template <int kLines>
std::int64_t evaluate(TwoPoint& s, const View<kLines>&, const Swap& swap) {
    return plain::propose(s, swap);
}
inline void apply_change(TwoPoint& s) { plain::apply_change(s); }

#else

using Bytes = hn::CappedTag<std::uint8_t, 64>;
using SignedBytes = hn::RebindToSigned<Bytes>;
using Words = hn::RepartitionToWide<SignedBytes>;
using Sums = hn::RepartitionToWide<Words>;

HWY_INLINE std::int64_t lane_sum(hn::Vec<Sums> v) {
    const Sums d;
    return hn::GetLane(hn::SumOfLanes(d, v));
}

/// g of the lags from `first` on, a byte each.
template <int kLines>
HWY_INLINE hn::Vec<SignedBytes> neighbours(const View<kLines>& view, const std::uint64_t* seen, std::size_t first) {
    const Bytes d;
    const auto one = hn::Set(d, 1);
    auto sum = hn::Zero(d);
    for (std::size_t arm = 0; arm < 2 * view.count(); ++arm) {
        const auto bits = hn::LoadMaskBits(d, reinterpret_cast<const std::uint8_t*>(seen + arm) + first / 8);
        sum = hn::Add(sum, hn::IfThenElseZero(bits, one));
    }
    return hn::BitCast(SignedBytes(), sum);
}

/// Σ (sign V + 2^F δ) δ over some lags, for slopes of 16 bits.
class NarrowSum {
  public:
    HWY_INLINE NarrowSum() : sum0_(hn::Zero(Sums())), sum1_(sum0_), rest_(sum0_) {}
    template <int kSign>
    HWY_INLINE void add(const std::int16_t* low, int fraction_bits, hn::Vec<SignedBytes> change) {
        const Words d;
        const hn::Half<SignedBytes> half;
        add_half<kSign>(low, fraction_bits, hn::PromoteTo(d, hn::LowerHalf(half, change)), sum0_);
        add_half<kSign>(low + hn::Lanes(d), fraction_bits, hn::PromoteTo(d, hn::UpperHalf(half, change)), sum1_);
    }
    HWY_INLINE std::int64_t total() const { return lane_sum(hn::Add(hn::Add(sum0_, sum1_), rest_)); }

  private:
    template <int kSign>
    HWY_INLINE void add_half(const std::int16_t* low, int fraction_bits, hn::Vec<Words> change, hn::Vec<Sums>& sum) {
        const Words d;
        const auto scaled = hn::ShiftLeftSame(change, fraction_bits), slope = hn::Load(d, low);
        const auto factor = kSign > 0 ? hn::Add(scaled, slope) : hn::Sub(scaled, slope);
        sum = hn::ReorderWidenMulAccumulate(Sums(), factor, change, sum, rest_);
    }
    hn::Vec<Sums> sum0_, sum1_, rest_;
};

/// The same for slopes of 32 bits, in two parts.
class WideSum {
  public:
    HWY_INLINE WideSum()
        : high_(hn::Zero(Sums())),
          low_(high_),
          square_(high_),
          high_rest_(high_),
          low_rest_(high_),
          square_rest_(high_) {}
    HWY_INLINE void add(const std::int16_t* high, const std::int16_t* low, hn::Vec<SignedBytes> change) {
        const Words d;
        const hn::Half<SignedBytes> half;
        add_half(high, low, hn::PromoteTo(d, hn::LowerHalf(half, change)));
        add_half(high + hn::Lanes(d), low + hn::Lanes(d), hn::PromoteTo(d, hn::UpperHalf(half, change)));
    }
    HWY_INLINE std::int64_t total(int fraction_bits) const {
        return (lane_sum(high_) + lane_sum(high_rest_)) * 65536 + lane_sum(low_) + lane_sum(low_rest_) +
               ((lane_sum(square_) + lane_sum(square_rest_)) << fraction_bits);
    }

  private:
    HWY_INLINE void add_half(const std::int16_t* high, const std::int16_t* low, hn::Vec<Words> change) {
        const Words d;
        high_ = hn::ReorderWidenMulAccumulate(Sums(), hn::Load(d, high), change, high_, high_rest_);
        low_ = hn::ReorderWidenMulAccumulate(Sums(), hn::Load(d, low), change, low_, low_rest_);
        square_ = hn::ReorderWidenMulAccumulate(Sums(), change, change, square_, square_rest_);
    }
    hn::Vec<Sums> high_, low_, square_, high_rest_, low_rest_, square_rest_;
};

/// δ of the lags, without the correction within a line, to visit(lag index, δ).
template <int kLines, class Visit>
HWY_INLINE void for_changes(const View<kLines>& view, const Star<kLines>& a, const Star<kLines>& b, Visit visit) {
    for (std::size_t block = 0; block < view.blocks; ++block) {
        std::uint64_t seen_a[2 * kLines], seen_b[2 * kLines];
        view.look(a, block, seen_a);
        view.look(b, block, seen_b);
        for (std::size_t first = 0; first < 64; first += hn::Lanes(Bytes()))
            visit(64 * block + first, hn::Sub(neighbours(view, seen_b, first), neighbours(view, seen_a, first)));
    }
}

/// Energy change from s.change.
HWY_INLINE std::int64_t cost_of_change(const TwoPoint& s) {
    WideSum sum;
    for (std::size_t k = 0; k < s.change.size(); k += hn::Lanes(SignedBytes()))
        sum.add(&s.slope_high[k], &s.slope_low[k], hn::Load(SignedBytes(), &s.change[k]));
    return sum.total(s.fraction_bits);
}

/// Energy change of the swap in units of 2^-F counts²; leaves δ in s.change.
template <int kLines>
HWY_NOINLINE std::int64_t propose(TwoPoint& s, const View<kLines>& view, const Swap& swap) {
    const Star<kLines> a = view.star(swap.from), b = view.star(swap.to);
    for_changes(view, a, b, [&](std::size_t k, hn::Vec<SignedBytes> change) HWY_ATTR {
        hn::Store(change, SignedBytes(), &s.change[k]);
    });
    for (std::size_t f = 0; f < view.count(); ++f) {
        if (a.places[f].line != b.places[f].line) continue;
        // b saw a, which leaves: once for each way round the line.
        const std::size_t at_a = a.places[f].at, at_b = b.places[f].at, near = at_a > at_b ? at_a - at_b : at_b - at_a;
        const std::size_t far = s.lines[f].length() - near;
        if (near <= s.range) --s.change[near - 1];
        if (far <= s.range) --s.change[far - 1];
    }
    return cost_of_change(s);
}

/// The energy change alone.
template <int kLines>
HWY_INLINE std::int64_t evaluate(TwoPoint& s, const View<kLines>& view, const Swap& swap) {
    const Star<kLines> a = view.star(swap.from), b = view.star(swap.to);
    if (HWY_UNLIKELY(view.share_line(a, b))) return propose(s, view, swap);
    if (HWY_LIKELY(s.narrow)) {
        NarrowSum sum;
        for_changes(view, a, b, [&](std::size_t k, hn::Vec<SignedBytes> change) HWY_ATTR {
            sum.template add<+1>(view.low + k, view.fraction_bits, change);
        });
        return sum.total();
    }
    WideSum sum;
    for_changes(view, a, b, [&](std::size_t k, hn::Vec<SignedBytes> change) HWY_ATTR {
        sum.add(view.high + k, view.low + k, change);
    });
    return sum.total(view.fraction_bits);
}

/// C += δ, V += 2^(F+1) δ.
HWY_INLINE void apply_change(TwoPoint& s) {
    const Sums d;
    const hn::Rebind<std::int16_t, Sums> half;
    const hn::Rebind<std::int8_t, Sums> quarter;
    auto largest = hn::Zero(d);
    for (std::size_t k = 0; k < s.slope.size(); k += hn::Lanes(d)) {
        const auto change = hn::ShiftLeftSame(hn::PromoteTo(d, hn::Load(quarter, &s.change[k])), s.fraction_bits + 1);
        const auto slope = hn::Add(hn::Load(d, &s.slope[k]), change);
        largest = hn::Max(largest, hn::Abs(slope));
        hn::Store(slope, d, &s.slope[k]);
        const auto low = hn::ShiftRight<16>(hn::ShiftLeft<16>(slope));
        hn::Store(hn::DemoteTo(half, low), half, &s.slope_low[k]);
        hn::Store(hn::DemoteTo(half, hn::ShiftRight<16>(hn::Sub(slope, low))), half, &s.slope_high[k]);
    }
    s.narrow = hn::GetLane(hn::MaxOfLanes(d, largest)) <= narrow_limit(s.fraction_bits);
    for (std::size_t k = 0; k < s.range; ++k) s.counts[k + 1] += s.change[k];
}

#endif  // HWY_SCALAR

/// Applies s.change and the swap.
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
