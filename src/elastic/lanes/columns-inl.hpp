// The pass over the columns of a spectrum: transform, residual, preconditioner, transform back. A column and the one of
// the opposite wave number go together, since the two components of a displacement share one complex field.
// Compiled once per SIMD target.
#if defined(PROTOLITH_ELASTIC_COLUMNS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_ELASTIC_COLUMNS_INL
#undef PROTOLITH_ELASTIC_COLUMNS_INL
#else
#define PROTOLITH_ELASTIC_COLUMNS_INL
#endif

#include "elastic/lanes/block.hpp"
#include "hwy/highway.h"

#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace protolith::elastic::HWY_NAMESPACE {

template <class V>
struct Complex {
    V re, im;
};

/// A r + (B + iC) conj(s): the Green operator on wave k, s that of −k.
template <class V, class T>
HWY_INLINE Complex<V> apply_green(const T* abc, const Complex<V>& r, const Complex<V>& s) {
    return {abc[0] * r.re + abc[1] * s.re + abc[2] * s.im, abc[0] * r.im + abc[2] * s.re - abc[1] * s.im};
}

template <Pass pass, class V, class T>
class Columns {
  public:
    Columns(const LanePlan<T>& plan, LaneBlock<T>& block)
        : plan_(plan),
          work_(reinterpret_cast<V*>(block.work)),
          residual_(reinterpret_cast<V*>(block.residual)),
          one_(reinterpret_cast<V*>(block.column)),
          other_(one_ + 2 * plan.rows),
          alpha_(reinterpret_cast<const V&>(block.alpha)) {}

    /// r·z of every lane.
    V all() {
        V total{};
        for (std::size_t x = 0; x < plan_.columns; ++x) {
            const std::size_t opposite = plan_.along_row.opposite(x);
            if (x < opposite) total += two(x, opposite);
            if (x == opposite) total += alone(x);
        }
        return total;  // Parseval's 1/pixels is in the preconditioner
    }

  private:
    /// Columns of opposite waves; the wave at place y of one has its opposite at opposite(y) of the other.
    HWY_INLINE V two(std::size_t x, std::size_t opposite) {
        fetch(x, one_);
        fetch(opposite, other_);
        const T* abc = plan_.green.data() + 3 * x * plan_.rows;
        V *const r = residual_ + 2 * x * plan_.rows, *const s = residual_ + 2 * opposite * plan_.rows;
        V product{};
        for (std::size_t y = 0; y < plan_.rows; ++y, abc += 3) {
            const std::size_t back = plan_.along_column.opposite(y);
            product += at_wave(abc, one_ + 2 * y, other_ + 2 * back, r + 2 * y, s + 2 * back);
        }
        put(x, one_);
        put(opposite, other_);
        return product;
    }
    /// A column that is its own opposite: wave number 0 or Nyquist's.
    HWY_INLINE V alone(std::size_t x) {
        fetch(x, one_);
        const T* abc = plan_.green.data() + 3 * x * plan_.rows;
        V* const r = residual_ + 2 * x * plan_.rows;
        V product{};
        for (std::size_t y = 0; y < plan_.rows; ++y, abc += 3) {
            const std::size_t back = plan_.along_column.opposite(y);
            if (y > back) continue;
            const V both = y == back ? at_own_wave(abc, one_ + 2 * y, r + 2 * y)
                                     : at_wave(abc, one_ + 2 * y, one_ + 2 * back, r + 2 * y, r + 2 * back);
            product += both;
        }
        put(x, one_);
        return product;
    }

    HWY_INLINE Complex<V> new_residual(const V* transformed, V* kept) const {
        Complex<V> r{transformed[0], transformed[1]};
        if constexpr (pass == Pass::update_columns || pass == Pass::last_columns)
            r = {kept[0] - alpha_ * r.re, kept[1] - alpha_ * r.im};
        if constexpr (pass == Pass::start_columns || pass == Pass::update_columns) {
            kept[0] = r.re;
            kept[1] = r.im;
        }
        return r;
    }
    HWY_INLINE V at_wave(const T* abc, V* column, V* opposite, V* kept, V* kept_opposite) const {
        const Complex<V> r = new_residual(column, kept), s = new_residual(opposite, kept_opposite);
        const Complex<V> z = apply_green(abc, r, s), w = apply_green(abc, s, r);
        column[0] = z.re;
        column[1] = z.im;
        opposite[0] = w.re;
        opposite[1] = w.im;
        return r.re * z.re + r.im * z.im + s.re * w.re + s.im * w.im;
    }
    HWY_INLINE V at_own_wave(const T* abc, V* column, V* kept) const {
        const Complex<V> r = new_residual(column, kept), z = apply_green(abc, r, r);
        column[0] = z.re;
        column[1] = z.im;
        return r.re * z.re + r.im * z.im;
    }

    HWY_INLINE void fetch(std::size_t x, V* column) const {
        const V* from = work_ + 2 * x;
        for (std::size_t y = 0; y < plan_.rows; ++y, from += 2 * plan_.pitch) {
            __builtin_prefetch(from + 2, 1);  // of the column that comes next; the hardware does not see that far
            __builtin_prefetch(from + 3, 1);
            column[2 * y] = from[0];
            column[2 * y + 1] = from[1];
        }
        plan_.along_column.forward(reinterpret_cast<T*>(column));
    }
    HWY_INLINE void put(std::size_t x, V* column) const {
        plan_.along_column.backward(reinterpret_cast<T*>(column));
        V* to = work_ + 2 * x;
        for (std::size_t y = 0; y < plan_.rows; ++y, to += 2 * plan_.pitch) {
            to[0] = column[2 * y];
            to[1] = column[2 * y + 1];
        }
    }

    const LanePlan<T>& plan_;
    V *work_, *residual_, *one_, *other_;
    const V alpha_;
};

template <Pass pass, class T>
void columns(const LanePlan<T>& plan, LaneBlock<T>& block) {
    using V = typename fft::LanePack<T>::V;
    reinterpret_cast<V&>(block.sum) = Columns<pass, V, T>(plan, block).all();
}

}  // namespace protolith::elastic::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
