// Compiled once per SIMD target. A pack of 64 bytes is a vector of the compiler, which a target with narrower registers
// takes in parts.
#include "flow/update.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "flow/update.cpp"
#include <hwy/foreach_target.h>
// After foreach_target: the texts below change with the target.
#include "flow/collide-inl.hpp"
#include "flow/diffuse_walls-inl.hpp"
#include "flow/listed_pack-inl.hpp"
#include "flow/touched_lines.hpp"
#include "flow/unroll.hpp"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace protolith::flow {
namespace HWY_NAMESPACE {

/// Populations ahead that the even step asks of the memory: more streams than a core follows by itself.
template <class T>
inline constexpr std::size_t ahead = 8 * pack_lanes<T>;

// How one pack collides; chosen once per call.
template <class T>
struct TwoRates {
    const CollisionRates<T> rates;
    template <class V>
    HWY_INLINE void operator()(V* f, const Lattice<T>&, std::size_t) const {
        collide_two_rates<V, T, T>(f, rates.half_even, rates.half_odd, rates.force);
    }
};
template <class T>
struct LocalRates {
    const CollisionRates<T> rates;
    template <class V>
    HWY_INLINE void operator()(V* f, const Lattice<T>& lattice, std::size_t site) const {
        const V even = *reinterpret_cast<const V*>(lattice.half_even + site);
        const V odd = *reinterpret_cast<const V*>(lattice.half_odd + site);
        collide_two_rates<V, V, T>(f, even, odd, rates.force);
    }
};
template <class T>
struct ManyRates {
    const CollisionRates<T> rates;
    template <class V>
    HWY_INLINE void operator()(V* f, const Lattice<T>&, std::size_t) const {
        collide_many_rates<V, T>(f, rates.half_even, rates.half_odd, rates.extra, rates.force);
    }
};

template <class T>
HWY_INLINE void meet_walls(const Lattice<T>& lattice, std::size_t pack, Pack<T>* f) {
    if (lattice.wall_first == nullptr || lattice.wall_first[pack] < 0) return;
    blend_diffuse<T>(lattice.wall_masks + lattice.wall_first[pack], lattice.bounce, f);
}

template <class T, class Collide>
void even_packs(const Lattice<T>& lattice, const Collide& collide, std::size_t first, std::size_t last) {
    using V = Pack<T>;
    const std::size_t stride = lattice.stride;
    for (std::size_t pack = first; pack < last; ++pack) {
        T* const p = lattice.populations + pack * pack_lanes<T>;
        V f[directions];
        PROTOLITH_UNROLL(19)
        for (int q = 0; q < directions; ++q) __builtin_prefetch(p + q * stride + ahead<T>, 1);
        PROTOLITH_UNROLL(19)
        for (int q = 0; q < directions; ++q) f[q] = *reinterpret_cast<const V*>(p + q * stride);
        collide(f, lattice, pack * pack_lanes<T>);
        meet_walls(lattice, pack, f);
        PROTOLITH_UNROLL(19)
        for (int q = 0; q < directions; ++q) *reinterpret_cast<V*>(p + opposite(q) * stride) = f[q];
    }
}

template <class T>
HWY_INLINE void ask_ahead(const Lattice<T>& lattice, std::size_t pack) {
    const std::uint32_t* const starts = lattice.line_starts + pack + packs_ahead;
    for (std::uint32_t i = starts[0]; i < starts[1]; ++i)
        __builtin_prefetch(lattice.populations + lattice.lines[i], 0, 2);
}

template <class T, class Collide>
void odd_packs(const Lattice<T>& lattice, const Collide& collide, std::size_t first, std::size_t last,
               std::size_t start) {
    using V = Pack<T>;
    using Unaligned = typename PackType<T>::Unaligned;
    T* const p = lattice.populations;
    const std::int32_t* at = lattice.addresses + start;
    for (std::size_t pack = first; pack < last; ++pack) {
        const std::size_t site = pack * pack_lanes<T>;
        const int kind = lattice.kinds[pack];
        ask_ahead(lattice, pack);
        V f[directions];
        f[0] = *reinterpret_cast<const V*>(p + site);
        if (kind == 0) {
            PROTOLITH_UNROLL(18)
            for (int q = 1; q < directions; ++q) f[q] = *reinterpret_cast<const Unaligned*>(p + at[q - 1]);
            collide(f, lattice, site);
            meet_walls(lattice, pack, f);
            PROTOLITH_UNROLL(18)
            for (int q = 1; q < directions; ++q) *reinterpret_cast<Unaligned*>(p + at[q - 1]) = f[opposite(q)];
        } else {
            gather(lattice, kind, site, at, f);
            collide(f, lattice, site);
            meet_walls(lattice, pack, f);
            scatter(lattice, kind, site, at, f);
        }
        *reinterpret_cast<V*>(p + site) = f[0];
        at += words_of(kind, pack_lanes<T>);
    }
}

template <class T>
void even(const Lattice<T>& lattice, const CollisionRates<T>& rates, std::size_t first, std::size_t last) {
    if (lattice.half_even != nullptr) return even_packs(lattice, LocalRates<T>{rates}, first, last);
    if (rates.many) return even_packs(lattice, ManyRates<T>{rates}, first, last);
    even_packs(lattice, TwoRates<T>{rates}, first, last);
}

template <class T>
void odd(const Lattice<T>& lattice, const CollisionRates<T>& rates, std::size_t first, std::size_t last,
         std::size_t start) {
    if (lattice.half_even != nullptr) return odd_packs(lattice, LocalRates<T>{rates}, first, last, start);
    if (rates.many) return odd_packs(lattice, ManyRates<T>{rates}, first, last, start);
    odd_packs(lattice, TwoRates<T>{rates}, first, last, start);
}

void even_double(const Lattice<double>& lattice, const CollisionRates<double>& rates, std::size_t first,
                 std::size_t last) {
    even(lattice, rates, first, last);
}
void even_float(const Lattice<float>& lattice, const CollisionRates<float>& rates, std::size_t first,
                std::size_t last) {
    even(lattice, rates, first, last);
}
void odd_double(const Lattice<double>& lattice, const CollisionRates<double>& rates, std::size_t first,
                std::size_t last, std::size_t start) {
    odd(lattice, rates, first, last, start);
}
void odd_float(const Lattice<float>& lattice, const CollisionRates<float>& rates, std::size_t first, std::size_t last,
               std::size_t start) {
    odd(lattice, rates, first, last, start);
}

}  // namespace HWY_NAMESPACE
}  // namespace protolith::flow
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::flow {

HWY_EXPORT(even_double);
HWY_EXPORT(even_float);
HWY_EXPORT(odd_double);
HWY_EXPORT(odd_float);

void even_step(const Lattice<double>& lattice, const CollisionRates<double>& rates, std::size_t first,
               std::size_t last) {
    HWY_DYNAMIC_DISPATCH(even_double)(lattice, rates, first, last);
}
void even_step(const Lattice<float>& lattice, const CollisionRates<float>& rates, std::size_t first, std::size_t last) {
    HWY_DYNAMIC_DISPATCH(even_float)(lattice, rates, first, last);
}
void odd_step(const Lattice<double>& lattice, const CollisionRates<double>& rates, std::size_t first, std::size_t last,
              std::size_t start) {
    HWY_DYNAMIC_DISPATCH(odd_double)(lattice, rates, first, last, start);
}
void odd_step(const Lattice<float>& lattice, const CollisionRates<float>& rates, std::size_t first, std::size_t last,
              std::size_t start) {
    HWY_DYNAMIC_DISPATCH(odd_float)(lattice, rates, first, last, start);
}

}  // namespace protolith::flow
#endif
