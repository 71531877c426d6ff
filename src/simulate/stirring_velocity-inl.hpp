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

/// sin πm for |m| ≤ 0.6, odd polynomial of degree 9: near 0 relatively precise.
template <class D, class V = hwy::HWY_NAMESPACE::Vec<D>>
HWY_INLINE V sine_of_pi(D d, V m, V m2) {
    namespace hn = hwy::HWY_NAMESPACE;
    auto p = hn::MulAdd(hn::Set(d, 7.514015776e-02f), m2, hn::Set(d, -5.967781289e-01f));
    p = hn::MulAdd(p, m2, hn::Set(d, 2.549775417e+00f));
    p = hn::MulAdd(p, m2, hn::Set(d, -5.167687927e+00f));
    return hn::Mul(m, hn::MulAdd(p, m2, hn::Set(d, 3.141592208e+00f)));
}

/// cos πm for |m| ≤ 0.6, even polynomial of degree 10.
template <class D, class V = hwy::HWY_NAMESPACE::Vec<D>>
HWY_INLINE V cosine_of_pi(D d, V m2) {
    namespace hn = hwy::HWY_NAMESPACE;
    auto p = hn::MulAdd(hn::Set(d, -2.379914936e-02f), m2, hn::Set(d, 2.345279539e-01f));
    p = hn::MulAdd(p, m2, hn::Set(d, -1.335113961e+00f));
    p = hn::MulAdd(p, m2, hn::Set(d, 4.058699628e+00f));
    p = hn::MulAdd(p, m2, hn::Set(d, -4.934801816e+00f));
    return hn::MulAdd(p, m2, hn::Set(d, 9.999999981e-01f));
}

/// Velocity at the points m and n away from the walls at x = 0 or 1 and y = 0 or 1; `side` is +1 for the walls at 0, −1
/// for those at 1. From either wall the sine of πx is the same and the cosine changes sign.
template <class D, class V = hwy::HWY_NAMESPACE::Vec<D>>
HWY_INLINE Pair<V> velocity(D d, const StirringCoefficients& k, V m, V side_x, V n, V side_y) {
    namespace hn = hwy::HWY_NAMESPACE;
    const auto m2 = hn::Mul(m, m), n2 = hn::Mul(n, n);
    const auto s = sine_of_pi(d, m, m2), c = hn::Mul(side_x, cosine_of_pi(d, m2));
    const auto sin_y = sine_of_pi(d, n, n2), cos_y = hn::Mul(side_y, cosine_of_pi(d, n2));
    const auto q = hn::Mul(s, s);

    // v_x = cos πy · s [c (p0 + p1 q) + r0 + r1 q]
    const auto p = hn::MulAdd(hn::Set(d, k.p1), q, hn::Set(d, k.p0));
    const auto r = hn::MulAdd(hn::Set(d, k.r1), q, hn::Set(d, k.r0));
    const auto bracket_x = hn::MulAdd(c, p, r);
    // v_y = −sin πy · [p0 + q (e1 + e2 q) + c (r0 + g1 q)]
    const auto e = hn::MulAdd(hn::Set(d, k.e2), q, hn::Set(d, k.e1));
    const auto g = hn::MulAdd(hn::Set(d, k.g1), q, hn::Set(d, k.r0));
    const auto bracket_y = hn::MulAdd(c, g, hn::MulAdd(q, e, hn::Set(d, k.p0)));
    return {hn::Mul(hn::Mul(cos_y, s), bracket_x), hn::Neg(hn::Mul(sin_y, bracket_y))};
}

}  // namespace protolith::simulate::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
