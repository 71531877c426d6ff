// Collision of one site, or of a vector of sites: V is a number or a vector of numbers with the operators of one.
// Populations f are deviations from the weights w_q (shifted, so that single precision keeps its digits); the
// equilibrium is that of incompressible flow, f_eq = w (δρ + 3 c·u + 4.5 (c·u)² − 1.5 u²) with u = Σ c f + F/2
// (He & Luo 1997, J. Stat. Phys. 88, 927; half-force: Guo, Zheng & Shi 2002, Phys. Rev. E 65, 046308).
// Compiled once per SIMD target.
#include "flow/lattice.hpp"
#include "flow/rates.hpp"
#include "hwy/highway.h"

#include <Kokkos_Macros.hpp>

#if defined(PROTOLITH_FLOW_COLLIDE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_FLOW_COLLIDE_INL
#undef PROTOLITH_FLOW_COLLIDE_INL
#else
#define PROTOLITH_FLOW_COLLIDE_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace protolith::flow {
namespace HWY_NAMESPACE {

/// Sums over the populations of a site that every collision needs.
template <class V>
struct Moments {
    V density;            // Σ f
    V speed[3];           // u, half the force included
    V difference[pairs];  // f_{2k+1} − f_{2k+2}
};

template <class V, class T>
KOKKOS_FORCEINLINE_FUNCTION void measure(const V* HWY_RESTRICT f, const T* force, Moments<V>& m) {
    m.density = ((f[0] + (f[1] + f[2])) + ((f[3] + f[4]) + (f[5] + f[6]))) +
                (((f[7] + f[8]) + (f[9] + f[10])) + ((f[11] + f[12]) + (f[13] + f[14]))) +
                ((f[15] + f[16]) + (f[17] + f[18]));
    for (int k = 0; k < pairs; ++k) m.difference[k] = f[2 * k + 1] - f[2 * k + 2];
    const V* d = m.difference;
    const T half = T(0.5);
    m.speed[0] = ((d[0] + d[3]) + (d[4] + d[5])) + d[6] + half * force[0];
    m.speed[1] = ((d[1] + d[3]) + (d[7] - d[4])) + d[8] + half * force[1];
    m.speed[2] = ((d[2] + d[5]) + (d[7] - d[6])) - d[8] + half * force[2];
}

/// c·u of pair k.
template <int k, class V>
KOKKOS_FORCEINLINE_FUNCTION V projected(const V* u) {
    constexpr Velocity c = velocities[2 * k + 1];
    if constexpr (k == 0) return u[0];
    if constexpr (k == 1) return u[1];
    if constexpr (k == 2) return u[2];
    if constexpr (c.z == 0) return c.y > 0 ? u[0] + u[1] : u[0] - u[1];
    if constexpr (c.y == 0) return c.z > 0 ? u[0] + u[2] : u[0] - u[2];
    if constexpr (c.x == 0) return c.z > 0 ? u[1] + u[2] : u[1] - u[2];
}

/// One pair: the even part relaxes with 2·half_even, the odd one with 2·half_odd; the force joins the odd part.
template <int k, class V, class R, class T>
KOKKOS_FORCEINLINE_FUNCTION void relax_pair(V* HWY_RESTRICT f, const Moments<V>& m, const V& common, const R& half_even,
                                            const R& half_odd, const T* pair_force) {
    constexpr T w = T(weight(2 * k + 1));
    const V cu = projected<k>(m.speed);
    const V even = half_even * ((f[2 * k + 1] + f[2 * k + 2]) - (T(2) * w) * (common + T(4.5) * (cu * cu)));
    const V odd = half_odd * ((m.difference[k] - (T(6) * w) * cu) + pair_force[k]) - pair_force[k];
    f[2 * k + 1] = f[2 * k + 1] - (even + odd);
    f[2 * k + 2] = f[2 * k + 2] - (even - odd);
}

/// Two relaxation times (Ginzburg, Verhaeghe & d'Humières 2008, Commun. Comput. Phys. 3, 427). R: one rate for all
/// sites (T) or one of each site (V).
template <class V, class R, class T>
KOKKOS_FORCEINLINE_FUNCTION void collide_two_rates(V* HWY_RESTRICT f, const R& half_even, const R& half_odd,
                                                   const BodyForce<T>& force) {
    Moments<V> m;
    measure(f, force.vector, m);
    const V* u = m.speed;
    const V common = m.density - T(1.5) * (u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
    f[0] = f[0] - (T(2) * half_even) * (f[0] - T(weight(0)) * common);
    relax_pair<0>(f, m, common, half_even, half_odd, force.of_pair);
    relax_pair<1>(f, m, common, half_even, half_odd, force.of_pair);
    relax_pair<2>(f, m, common, half_even, half_odd, force.of_pair);
    relax_pair<3>(f, m, common, half_even, half_odd, force.of_pair);
    relax_pair<4>(f, m, common, half_even, half_odd, force.of_pair);
    relax_pair<5>(f, m, common, half_even, half_odd, force.of_pair);
    relax_pair<6>(f, m, common, half_even, half_odd, force.of_pair);
    relax_pair<7>(f, m, common, half_even, half_odd, force.of_pair);
    relax_pair<8>(f, m, common, half_even, half_odd, force.of_pair);
}

/// Even part of a pair that is off equilibrium, both directions together.
template <int k, class V, class T>
KOKKOS_FORCEINLINE_FUNCTION V excess(const V* HWY_RESTRICT f, const Moments<V>& m, const V& common) {
    constexpr T w = T(weight(2 * k + 1));
    const V cu = projected<k>(m.speed);
    return (f[2 * k + 1] + f[2 * k + 2]) - (T(2) * w) * (common + T(4.5) * (cu * cu));
}

/// Many relaxation times (d'Humières et al. 2002, Phil. Trans. R. Soc. A 360, 437): as two rates, and the even moments
/// that do not carry stress (e, ε, π_xx, π_ww) with rates of their own: each is a projection on its row of the
/// transformation matrix, whose squared lengths are 2394, 252, 72 and 24. `extra` are their rates less the even rate.
template <class V, class T>
KOKKOS_FORCEINLINE_FUNCTION void collide_many_rates(V* HWY_RESTRICT f, const T& half_even, const T& half_odd,
                                                    const ExtraRates<T>& extra, const BodyForce<T>& force) {
    Moments<V> m;
    measure(f, force.vector, m);
    const V* u = m.speed;
    const V common = m.density - T(1.5) * (u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
    const V rest = f[0] - T(weight(0)) * common;
    const V x = excess<0, V, T>(f, m, common), y = excess<1, V, T>(f, m, common), z = excess<2, V, T>(f, m, common);
    const V xy = excess<3, V, T>(f, m, common) + excess<4, V, T>(f, m, common);
    const V xz = excess<5, V, T>(f, m, common) + excess<6, V, T>(f, m, common);
    const V yz = excess<7, V, T>(f, m, common) + excess<8, V, T>(f, m, common);
    const V faces = x + y + z, edges = xy + xz + yz;
    const V e = (extra.energy / T(2394)) * (T(8) * edges - T(11) * faces - T(30) * rest);
    const V eps = (extra.energy_square / T(252)) * (T(12) * rest - T(4) * faces + edges);
    const V xx = (extra.stress / T(72)) * ((T(2) * (y + z) - T(4) * x) + (xy + xz - T(2) * yz));
    const V ww = (extra.stress / T(24)) * (T(2) * (z - y) + (xy - xz));
    const V of_face = T(-11) * e - T(4) * eps, of_edge = T(8) * e + eps;
    collide_two_rates(f, half_even, half_odd, force);
    f[0] = f[0] - (T(12) * eps - T(30) * e);
    const V along[3] = {of_face - T(4) * xx, of_face + T(2) * (xx - ww), of_face + T(2) * (xx + ww)};
    const V across[3] = {of_edge + xx + ww, of_edge + xx - ww, of_edge - T(2) * xx};  // xy, xz, yz
    for (int q = 1; q < 7; ++q) f[q] = f[q] - along[(q - 1) / 2];
    for (int q = 7; q < directions; ++q) f[q] = f[q] - across[(q - 7) / 4];
}

}  // namespace HWY_NAMESPACE
}  // namespace protolith::flow
HWY_AFTER_NAMESPACE();

#endif
