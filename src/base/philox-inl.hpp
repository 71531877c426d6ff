// Words of RandomStream computed many at once: Philox4x32-10 (Salmon et al. 2011, SC'11), one block of the counter per
// 64-bit lane. Not for the target HWY_SCALAR, which lacks the widening product.
#include "base/random.hpp"
#include "hwy/highway.h"

#include <cstdint>

#if defined(PROTOLITH_BASE_PHILOX_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_BASE_PHILOX_INL
#undef PROTOLITH_BASE_PHILOX_INL
#else
#define PROTOLITH_BASE_PHILOX_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace protolith {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR

/// Words 2b and 2b + 1 of the sequence, for the block b of each lane.
template <class V>
struct WordPairs {
    V even, odd;
};

/// `d`: lanes of 64 bits; `block`: number of the block in each lane; `item` in each lane's low half.
template <class D, class V = hwy::HWY_NAMESPACE::Vec<D>>
HWY_INLINE WordPairs<V> philox_words(D d, V block, r123::Philox4x32::key_type key, std::uint32_t purpose, V item) {
    namespace hn = hwy::HWY_NAMESPACE;
    const hn::Repartition<std::uint32_t, D> d32;
    // Low 32 bits of each lane times a constant: 64 bits. Only the low 32 bits of a lane count; what lies above is not
    // cleared before the end.
    const auto multiply = [&](V a, std::uint32_t constant)
                              HWY_ATTR { return hn::MulEven(hn::BitCast(d32, a), hn::Set(d32, constant)); };
    V c0 = block, c1 = hn::ShiftRight<32>(block), c2 = hn::Set(d, purpose), c3 = item;
    std::uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; ++round) {
        const V p0 = multiply(c0, 0xD2511F53u), p1 = multiply(c2, 0xCD9E8D57u);
        c0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p1), c1), hn::Set(d, k0));
        c1 = p1;
        c2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p0), c3), hn::Set(d, k1));
        c3 = p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    const V low = hn::Set(d, 0xffffffffu);
    return {hn::Or(hn::And(c0, low), hn::ShiftLeft<32>(c1)), hn::Or(hn::And(c2, low), hn::ShiftLeft<32>(c3))};
}

#endif

// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace HWY_NAMESPACE
}  // namespace protolith
HWY_AFTER_NAMESPACE();
#endif
