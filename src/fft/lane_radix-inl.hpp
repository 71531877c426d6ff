// Butterflies of lane transforms, in place: decimation in frequency forwards, its mirror image backwards. A stage of
// radix 4 takes a line of `span` values apart into four lines of span/4, whose transforms hold the frequencies 4k,
// 4k+1, 4k+2, 4k+3 (Gentleman & Sande 1966); the last stage transforms 2, 4 or 8 values without twiddles. Compiled once
// per SIMD target.
#if defined(PROTOLITH_FFT_LANE_RADIX_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_FFT_LANE_RADIX_INL
#undef PROTOLITH_FFT_LANE_RADIX_INL
#else
#define PROTOLITH_FFT_LANE_RADIX_INL
#endif

#include "hwy/highway.h"

#include <cstddef>
#include <numbers>

HWY_BEFORE_NAMESPACE();
namespace protolith::fft::HWY_NAMESPACE {

template <class V>
struct Complex {
    V re, im;
};
template <class V>
HWY_INLINE Complex<V> operator+(const Complex<V>& a, const Complex<V>& b) {
    return {a.re + b.re, a.im + b.im};
}
template <class V>
HWY_INLINE Complex<V> operator-(const Complex<V>& a, const Complex<V>& b) {
    return {a.re - b.re, a.im - b.im};
}
/// −i a
template <class V>
HWY_INLINE Complex<V> turned(const Complex<V>& a) {
    return {a.im, -a.re};
}
/// a w
template <class V, class T>
HWY_INLINE Complex<V> times(const Complex<V>& a, T re, T im) {
    return {a.re * re - a.im * im, a.re * im + a.im * re};
}

/// Real and imaginary part in the order in which they lie; the backward transform is the forward one with both swapped.
template <bool backward, class V>
HWY_INLINE Complex<V> load(const V* at) {
    return backward ? Complex<V>{at[1], at[0]} : Complex<V>{at[0], at[1]};
}
template <bool backward, class V>
HWY_INLINE void store(V* at, const Complex<V>& a) {
    at[backward ? 1 : 0] = a.re;
    at[backward ? 0 : 1] = a.im;
}

/// Sums of four values: y_q = Σ_r x_r exp(−2πi q r / 4).
template <class V>
HWY_INLINE void four(Complex<V> (&x)[4]) {
    const Complex<V> a = x[0] + x[2], b = x[0] - x[2], c = x[1] + x[3], d = turned(x[1] - x[3]);
    x[0] = a + c;
    x[1] = b + d;
    x[2] = a - c;
    x[3] = b - d;
}

template <bool backward, class V>
HWY_INLINE void last_of_two(V* at) {
    const auto a = load<backward>(at), b = load<backward>(at + 2);
    store<backward>(at, a + b);
    store<backward>(at + 2, a - b);
}

template <bool backward, class V>
HWY_INLINE void last_of_four(V* at) {
    Complex<V> x[4];
    for (int r = 0; r < 4; ++r) x[r] = load<backward>(at + 2 * r);
    four(x);
    for (int r = 0; r < 4; ++r) store<backward>(at + 2 * r, x[r]);
}

template <bool backward, class T, class V>
HWY_INLINE void last_of_eight(V* at) {
    constexpr T root = T(std::numbers::sqrt2 / 2);
    Complex<V> even[4], odd[4];
    for (int r = 0; r < 4; ++r) {
        const auto a = load<backward>(at + 2 * r), b = load<backward>(at + 2 * (r + 4));
        even[r] = a + b;
        odd[r] = a - b;
    }
    odd[1] = {(odd[1].re + odd[1].im) * root, (odd[1].im - odd[1].re) * root};
    odd[2] = turned(odd[2]);
    odd[3] = {(odd[3].im - odd[3].re) * root, (odd[3].re + odd[3].im) * -root};
    four(even);
    four(odd);
    for (int r = 0; r < 4; ++r) {
        store<backward>(at + 4 * r, even[r]);
        store<backward>(at + 4 * r + 2, odd[r]);
    }
}

/// Forward stage: y_q(j) = w^{qj} Σ_r x(j + r m) exp(−2πi q r/4), w = exp(−2πi/span), m = span/4. Twiddles: w^j, w^2j,
/// w^3j for every j.
template <class T, class V>
HWY_INLINE void split_in_four(V* line, std::size_t length, std::size_t span, const T* twiddles) {
    const std::size_t step = span / 2;  // of m complex values
    for (std::size_t j = 0; j < span / 4; ++j, twiddles += 6)
        for (std::size_t first = 0; first < length; first += span) {
            V* const at = line + 2 * (first + j);
            Complex<V> x[4];
            for (std::size_t r = 0; r < 4; ++r) x[r] = load<false>(at + r * step);
            four(x);
            store<false>(at, x[0]);
            for (std::size_t r = 1; r < 4; ++r)
                store<false>(at + r * step, times(x[r], twiddles[2 * r - 2], twiddles[2 * r - 1]));
        }
}

/// Backward stage, the inverse of that but for the factor 4. With the parts swapped a product with w* is one with w.
template <class T, class V>
HWY_INLINE void join_four(V* line, std::size_t length, std::size_t span, const T* twiddles) {
    const std::size_t step = span / 2;
    for (std::size_t j = 0; j < span / 4; ++j, twiddles += 6)
        for (std::size_t first = 0; first < length; first += span) {
            V* const at = line + 2 * (first + j);
            Complex<V> x[4];
            x[0] = load<true>(at);
            for (std::size_t r = 1; r < 4; ++r)
                x[r] = times(load<true>(at + r * step), twiddles[2 * r - 2], twiddles[2 * r - 1]);
            four(x);
            for (std::size_t r = 0; r < 4; ++r) store<true>(at + r * step, x[r]);
        }
}

/// The last stage of a power of two: 8 for odd exponents from 3 on, 4 for even ones, 2 for two values.
template <bool backward, class T, class V>
HWY_INLINE void last_stage(V* line, std::size_t length, std::size_t radix) {
    for (std::size_t first = 0; first < length; first += radix) {
        if (radix == 8) last_of_eight<backward, T>(line + 2 * first);
        if (radix == 4) last_of_four<backward>(line + 2 * first);
        if (radix == 2) last_of_two<backward>(line + 2 * first);
    }
}

}  // namespace protolith::fft::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
