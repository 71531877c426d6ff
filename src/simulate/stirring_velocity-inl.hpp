// The inner formula of marble cakes: the velocity of the stirring flow at a vector of points, in single precision.
// Multiple angles follow from one sine and cosine of πx; those from minimax polynomials (errors 3e-9 and 5e-8) about
// the middle.
#if defined(PROTOLITH_SIMULATE_STIRRING_VELOCITY_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_SIMULATE_STIRRING_VELOCITY_INL
#undef PROTOLITH_SIMULATE_STIRRING_VELOCITY_INL
#else
#define PROTOLITH_SIMULATE_STIRRING_VELOCITY_INL
#endif

#include "simulate/stirring_stage.hpp"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::simulate::HWY_NAMESPACE {

template <class V>
struct Pair {
    V x, y;
};

/// sin πu for |u| ≤ ½, odd polynomial of degree 9.
template <class D, class V = hwy::HWY_NAMESPACE::Vec<D>>
HWY_INLINE V sine_of_pi(D d, V u, V u2) {
    namespace hn = hwy::HWY_NAMESPACE;
    auto p = hn::MulAdd(hn::Set(d, 7.722012193e-02f), u2, hn::Set(d, -5.980451706e-01f));
    p = hn::MulAdd(p, u2, hn::Set(d, 2.550031377e+00f));
    p = hn::MulAdd(p, u2, hn::Set(d, -5.167706879e+00f));
    return hn::Mul(u, hn::MulAdd(p, u2, hn::Set(d, 3.141592580e+00f)));
}

/// cos πu for |u| ≤ ½, even polynomial of degree 8.
template <class D, class V = hwy::HWY_NAMESPACE::Vec<D>>
HWY_INLINE V cosine_of_pi(D d, V u2) {
    namespace hn = hwy::HWY_NAMESPACE;
    auto p = hn::MulAdd(hn::Set(d, 2.196967975e-01f), u2, hn::Set(d, -1.331880164e+00f));
    p = hn::MulAdd(p, u2, hn::Set(d, 4.058411915e+00f));
    p = hn::MulAdd(p, u2, hn::Set(d, -4.934792859e+00f));
    return hn::MulAdd(p, u2, hn::Set(d, 9.999999535e-01f));
}

/// Velocity at (½ + u, ½ + v). About the middle sin πx = cos πu and cos πx = −sin πu, and so for y.
template <class D, class V = hwy::HWY_NAMESPACE::Vec<D>>
HWY_INLINE Pair<V> velocity(D d, const StirringCoefficients& k, V u, V v) {
    namespace hn = hwy::HWY_NAMESPACE;
    const auto u2 = hn::Mul(u, u), v2 = hn::Mul(v, v);
    const auto s = cosine_of_pi(d, u2), minus_c = sine_of_pi(d, u, u2);
    const auto sin_y = cosine_of_pi(d, v2), minus_cos_y = sine_of_pi(d, v, v2);
    const auto q = hn::Mul(s, s);

    // v_x = cos πy · s [c (p0 + p1 q) + r0 + r1 q]
    const auto p = hn::MulAdd(hn::Set(d, k.p1), q, hn::Set(d, k.p0));
    const auto r = hn::MulAdd(hn::Set(d, k.r1), q, hn::Set(d, k.r0));
    const auto minus_bracket_x = hn::MulSub(minus_c, p, r);
    // v_y = −sin πy · [p0 + q (e1 + e2 q) + c (r0 + g1 q)]
    const auto e = hn::MulAdd(hn::Set(d, k.e2), q, hn::Set(d, k.e1));
    const auto g = hn::MulAdd(hn::Set(d, k.g1), q, hn::Set(d, k.r0));
    const auto minus_bracket_y = hn::MulSub(minus_c, g, hn::MulAdd(q, e, hn::Set(d, k.p0)));
    return {hn::Mul(hn::Mul(minus_cos_y, s), minus_bracket_x), hn::Mul(sin_y, minus_bracket_y)};
}

}  // namespace protolith::simulate::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
