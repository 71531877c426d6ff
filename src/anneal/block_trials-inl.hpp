// Many trials at once, for when few are accepted: a voxel a of the phase against K voxels b outside it. With g as in
// two_point_kernel-inl.hpp the energy change of each pair is
//     ΔE(a, b) = A(a) + B(b) − 2^(F+1) Σ_r g_r(a) g_r(b),   A = Σ 2^F g² − V g,   B = Σ 2^F g² + V g,
// so K trials are one product of a row of small integers with a matrix. Metropolis' rule goes through them in order
// until the first acceptance. The K columns are replaced one by one, a row each. A pair on one line counts as refused:
// its change would need a correction.
#include "anneal/trial_loop-inl.hpp"
#include "anneal/two_point_kernel-inl.hpp"

#include <array>

#if defined(PROTOLITH_ANNEAL_BLOCK_TRIALS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_ANNEAL_BLOCK_TRIALS_INL
#undef PROTOLITH_ANNEAL_BLOCK_TRIALS_INL
#else
#define PROTOLITH_ANNEAL_BLOCK_TRIALS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace protolith::anneal {
namespace HWY_NAMESPACE {

inline constexpr std::size_t kColumns = 64;

#if HWY_TARGET == HWY_SCALAR

/// Σ_r row_r tile_r of every column; a quad of lags of one column lies together.
inline void multiply(const std::int8_t* row, const std::uint8_t* tile, std::size_t quads, std::int32_t* products) {
    for (std::size_t k = 0; k < kColumns; ++k) products[k] = 0;
    for (std::size_t q = 0; q < quads; ++q)
        for (std::size_t k = 0; k < kColumns; ++k)
            for (std::size_t j = 0; j < 4; ++j) products[k] += row[4 * q + j] * tile[4 * (q * kColumns + k) + j];
}

template <int kSign, int kLines>
std::int32_t see(const TwoPoint& s, const View<kLines>&, std::uint32_t voxel, std::int8_t* seen) {
    return plain::see(s, voxel, kSign, seen);
}

#else

/// acc + the sums of four products of neighbouring bytes, unsigned by signed.
HWY_INLINE hn::Vec<Sums> add_quads(hn::Vec<Sums> acc, hn::Vec<Bytes> a, hn::Vec<SignedBytes> b) {
#if HWY_TARGET == HWY_AVX3_DL
    // Highway 1.0.3 requires VNNI of this target but does not tell the compiler, which then refuses the intrinsic.
    asm("vpdpbusd %2, %1, %0" : "+v"(acc.raw) : "v"(a.raw), "v"(b.raw));
    return acc;
#elif HWY_TARGET == HWY_AVX3
    return hn::Vec<Sums>{
        _mm512_add_epi32(acc.raw, _mm512_madd_epi16(_mm512_maddubs_epi16(a.raw, b.raw), _mm512_set1_epi16(1)))};
#elif HWY_TARGET == HWY_AVX2
    return hn::Vec<Sums>{
        _mm256_add_epi32(acc.raw, _mm256_madd_epi16(_mm256_maddubs_epi16(a.raw, b.raw), _mm256_set1_epi16(1)))};
#elif HWY_TARGET == HWY_SSE4 || HWY_TARGET == HWY_SSSE3
    return hn::Vec<Sums>{_mm_add_epi32(acc.raw, _mm_madd_epi16(_mm_maddubs_epi16(a.raw, b.raw), _mm_set1_epi16(1)))};
#else
    const Words d;
    const Sums d32;
    const auto wide_a = hn::BitCast(d, a), wide_b = hn::BitCast(d, b);
    const auto even = hn::Mul(hn::And(wide_a, hn::Set(d, 255)), hn::ShiftRight<8>(hn::ShiftLeft<8>(wide_b)));
    const auto odd = hn::Mul(hn::And(hn::ShiftRight<8>(wide_a), hn::Set(d, 255)), hn::ShiftRight<8>(wide_b));
    const auto pairs = hn::BitCast(d32, hn::Add(even, odd));
    return hn::Add(acc, hn::Add(hn::ShiftRight<16>(pairs), hn::ShiftRight<16>(hn::ShiftLeft<16>(pairs))));
#endif
}

/// Σ_r row_r tile_r of every column; a quad of lags of one column lies together.
HWY_INLINE void multiply(const std::int8_t* row, const std::uint8_t* tile, std::size_t quads, std::int32_t* products) {
    const Sums d;
    const Bytes db;
    const SignedBytes ds;
    // Two groups of columns and two chains each keep the multipliers busy.
    const std::size_t lanes = hn::Lanes(d), step = 2 * lanes;
    for (std::size_t k = 0; k < kColumns; k += step) {
        auto a0 = hn::Zero(d), a1 = hn::Zero(d), b0 = hn::Zero(d), b1 = hn::Zero(d);
        for (std::size_t q = 0; q < quads; q += 2) {
            std::int32_t even, odd;
            hwy::CopyBytes<4>(row + 4 * q, &even);
            hwy::CopyBytes<4>(row + 4 * q + 4, &odd);
            const auto row0 = hn::BitCast(ds, hn::Set(d, even)), row1 = hn::BitCast(ds, hn::Set(d, odd));
            const std::uint8_t* const at0 = tile + 4 * (q * kColumns + k);
            const std::uint8_t* const at1 = at0 + 4 * kColumns;
            a0 = add_quads(a0, hn::Load(db, at0), row0);
            b0 = add_quads(b0, hn::Load(db, at0 + 4 * lanes), row0);
            a1 = add_quads(a1, hn::Load(db, at1), row1);
            b1 = add_quads(b1, hn::Load(db, at1 + 4 * lanes), row1);
        }
        hn::Store(hn::Add(a0, a1), d, products + k);
        hn::Store(hn::Add(b0, b1), d, products + k + lanes);
    }
}

/// Writes g_r of a voxel; returns Σ 2^F g² + sign V g.
template <int kSign, int kLines>
HWY_INLINE std::int32_t see(const TwoPoint&, const View<kLines>& view, std::uint32_t voxel, std::int8_t* seen) {
    const Star<kLines> star = view.star(voxel);
    NarrowSum sum;
    for (std::size_t block = 0; block < view.blocks; ++block) {
        std::uint64_t bits[2 * kLines];
        view.look(star, block, bits);
        for (std::size_t first = 0; first < 64; first += hn::Lanes(Bytes())) {
            const auto g = neighbours(view, bits, first);
            hn::Store(g, SignedBytes(), seen + 64 * block + first);
            sum.template add<kSign>(view.low + 64 * block + first, view.fraction_bits, g);
        }
    }
    return static_cast<std::int32_t>(sum.total());
}

#endif  // HWY_SCALAR

template <int kLines>
class BlockTrials {
  public:
    BlockTrials(TwoPoint& state, const View<kLines>& view, Candidates& candidates, WordStream& random)
        : state_(state),
          view_(view),
          candidates_(candidates),
          random_(random),
          row_(state.change.size()),
          scratch_(state.change.size()),
          tile_(kColumns * state.change.size()),
          products_(kColumns),
          bases_(kColumns) {}

    /// Fills the columns anew; needed before the first run() and after single trials. The slopes must be narrow.
    void begin() {
        for (std::size_t k = 0; k < kColumns; ++k) draw_column(k);
        next_ = 0;
    }

    /// As single_trials, in rows of kColumns; ends early when the slopes are no longer narrow.
    void run(std::uint64_t trials, double temperature, std::int64_t descent, std::int64_t& gain, StageResult& result) {
        const auto refused = static_cast<std::int32_t>(std::min(largest_exponent * temperature, 0x1p30));
        for (const std::uint64_t end = result.trials + trials; result.trials < end;) {
            draw_column(next_);
            next_ = (next_ + 1) % kColumns;
            const std::uint32_t from = draw(1);
            const std::int32_t base = see<-1>(state_, view_, from, row_.data());
            multiply(row_.data(), tile_.data(), row_.size() / 4, products_.data());
            const std::size_t hit = first_accepted(from, base, refused, temperature);
            result.trials += std::min(hit + 1, kColumns);
            if (hit == kColumns) continue;
            gain += cost(base, hit);
            ++result.accepted;
            accept(from, hit);
            if (gain < descent || !state_.narrow) return;
        }
    }

  private:
    std::uint32_t draw(int phase) {
        const auto list = candidates_.list(phase);
        return list[((random_.bits() >> 32) * list.size()) >> 32];
    }

    void draw_column(std::size_t k) { set_column(k, draw(0)); }

    void set_column(std::size_t k, std::uint32_t voxel) {
        voxels_[k] = voxel;
        const Coordinates c = view_.lattice.coordinates(voxel);
        for (std::size_t f = 0; f < view_.count(); ++f) lines_[f][k] = view_.place(c, f).line;
        bases_[k] = see<+1>(state_, view_, voxel, scratch_.data());
        for (std::size_t q = 0; q < scratch_.size() / 4; ++q)
            hwy::CopyBytes<4>(&scratch_[4 * q], &tile_[4 * (q * kColumns + k)]);
    }

    std::int32_t cost(std::int32_t base, std::size_t k) const {
        return base + bases_[k] - products_[k] * (2 << view_.fraction_bits);
    }

    /// The columns, as bits, whose cost is at most `limit`.
    std::uint64_t not_above(std::int32_t base, std::int32_t limit) const {
        std::uint64_t columns = 0;
#if HWY_TARGET == HWY_SCALAR
        for (std::size_t k = 0; k < kColumns; ++k) columns |= std::uint64_t{cost(base, k) <= limit} << k;
#else
        const Sums d;
        const auto bound = hn::Set(d, limit - base + 1);
        for (std::size_t k = 0; k < kColumns; k += hn::Lanes(d)) {
            const auto product = hn::ShiftLeftSame(hn::Load(d, &products_[k]), view_.fraction_bits + 1);
            std::uint8_t bits[8] = {};
            hn::StoreMaskBits(d, hn::Lt(hn::Sub(hn::Load(d, &bases_[k]), product), bound), bits);
            columns |= std::uint64_t{bits[0] | (std::uint32_t{bits[1]} << 8)} << k;
        }
#endif
        return columns;
    }

    /// The first column that Metropolis' rule accepts, or kColumns.
    std::size_t first_accepted(std::uint32_t from, std::int32_t base, std::int32_t refused, double temperature) {
        std::uint64_t possible = not_above(base, refused);
        while (possible != 0) {
            const auto k = static_cast<std::size_t>(std::countr_zero(possible));
            possible &= possible - 1;
            const std::int32_t increase = cost(base, k);
            if (increase > 0 && !accepts(increase, temperature, random_)) continue;
            if (!on_one_line(from, k)) return k;
        }
        return kColumns;
    }

    bool on_one_line(std::uint32_t voxel, std::size_t k) const {
        const Coordinates c = view_.lattice.coordinates(voxel);
        bool one = false;
        for (std::size_t f = 0; f < view_.count(); ++f) one |= view_.place(c, f).line == lines_[f][k];
        return one;
    }

    void accept(std::uint32_t from, std::size_t hit) {
        const Swap swap{from, voxels_[hit]};
        propose(state_, view_, swap);
        HWY_NAMESPACE::accept(state_, swap);
        candidates_.swap(swap);
        if (!state_.narrow) return;
        // B of every column follows the new slopes …
        multiply(state_.change.data(), tile_.data(), state_.change.size() / 4, products_.data());
        for (std::size_t k = 0; k < kColumns; ++k) bases_[k] += products_[k] * (2 << view_.fraction_bits);
        // … and a column that saw one of the two voxels sees it changed.
        for (std::size_t k = 0; k < kColumns; ++k) {
            if (voxels_[k] == swap.to)
                draw_column(k);
            else if (on_one_line(swap.from, k) || on_one_line(swap.to, k))
                set_column(k, voxels_[k]);
        }
    }

    TwoPoint& state_;
    const View<kLines>& view_;
    Candidates& candidates_;
    WordStream& random_;
    AlignedVector<std::int8_t> row_, scratch_;      // g of the row's voxel, and of a column being set
    AlignedVector<std::uint8_t> tile_;              // g of the columns: [quad of lags][column][lag]
    AlignedVector<std::int32_t> products_, bases_;  // by column: Σ g g, and B
    std::array<std::uint32_t, kColumns> voxels_{};
    std::array<std::array<std::uint32_t, kColumns>, kLines> lines_{};
    std::size_t next_ = 0;
};

// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace HWY_NAMESPACE
}  // namespace protolith::anneal
HWY_AFTER_NAMESPACE();
#endif
