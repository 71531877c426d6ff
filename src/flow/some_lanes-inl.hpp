// Packs of 64 bytes as a vector of the compiler, and some of their lanes to and from memory. Compiled once per SIMD
// target.
#include "flow/update.hpp"
#include "hwy/highway.h"

#if defined(PROTOLITH_FLOW_SOME_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_FLOW_SOME_LANES_INL
#undef PROTOLITH_FLOW_SOME_LANES_INL
#else
#define PROTOLITH_FLOW_SOME_LANES_INL
#endif

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors stay inside the file that includes this

HWY_BEFORE_NAMESPACE();
namespace protolith::flow {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// A target with narrower registers takes a pack in parts.
template <class T>
struct PackType;
template <>
struct PackType<double> {
    typedef double V __attribute__((vector_size(64), may_alias));
    typedef double Unaligned __attribute__((vector_size(64), aligned(8), may_alias));
};
template <>
struct PackType<float> {
    typedef float V __attribute__((vector_size(64), may_alias));
    typedef float Unaligned __attribute__((vector_size(64), aligned(4), may_alias));
};
template <class T>
using Pack = typename PackType<T>::V;

/// Whether a masked store leaves the other lanes' memory alone, which other threads may be writing.
inline constexpr bool stores_some = HWY_TARGET <= HWY_AVX2 || HWY_HAVE_SCALABLE;

template <class D>
HWY_INLINE hn::Mask<D> mask_of(D d, std::uint32_t bits) {
    alignas(8) const std::uint8_t bytes[8] = {static_cast<std::uint8_t>(bits), static_cast<std::uint8_t>(bits >> 8)};
    return hn::LoadMaskBits(d, bytes);
}

/// The lanes of `mask` from `from` on, lane l at from[l]; 0 in the others.
template <class T>
HWY_INLINE Pack<T> load_some(std::uint32_t mask, const T* from) {
    const hn::CappedTag<T, pack_lanes<T>> d;
    Pack<T> lanes;
    for (std::size_t i = 0; i < pack_lanes<T>; i += hn::Lanes(d))
        hn::StoreU(hn::MaskedLoad(mask_of(d, mask >> i), d, from + i), d, reinterpret_cast<T*>(&lanes) + i);
    return lanes;
}

/// The lanes of `mask` to `to`.
template <class T>
HWY_INLINE void store_some(const Pack<T>& lanes, std::uint32_t mask, T* to) {
    if constexpr (stores_some) {
        const hn::CappedTag<T, pack_lanes<T>> d;
        for (std::size_t i = 0; i < pack_lanes<T>; i += hn::Lanes(d))
            hn::BlendedStore(hn::LoadU(d, reinterpret_cast<const T*>(&lanes) + i), mask_of(d, mask >> i), d, to + i);
    } else {
        for (; mask != 0; mask &= mask - 1) to[__builtin_ctz(mask)] = lanes[__builtin_ctz(mask)];
    }
}

/// `lanes` where `mask`, 0 in the others.
template <class T>
HWY_INLINE Pack<T> keep_some(const Pack<T>& lanes, std::uint32_t mask) {
    const hn::CappedTag<T, pack_lanes<T>> d;
    Pack<T> kept;
    for (std::size_t i = 0; i < pack_lanes<T>; i += hn::Lanes(d))
        hn::StoreU(hn::IfThenElseZero(mask_of(d, mask >> i), hn::LoadU(d, reinterpret_cast<const T*>(&lanes) + i)), d,
                   reinterpret_cast<T*>(&kept) + i);
    return kept;
}

}  // namespace HWY_NAMESPACE
}  // namespace protolith::flow
HWY_AFTER_NAMESPACE();

#endif
