#include "sampling/draws.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sampling/draws.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
//
#include "base/philox-inl.hpp"

#include <cmath>
#include <numbers>

#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::sampling {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

void draw(r123::Philox4x32::key_type key, std::uint32_t purpose, std::uint32_t chain, std::uint64_t first_block,
          std::size_t blocks, double* out) {
    for (std::size_t b = 0; b < blocks; ++b) {
        const std::uint64_t block = first_block + b;
        const auto r = r123::Philox4x32{}(
            {{static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), purpose, chain}}, key);
        const std::uint64_t even = r[0] | (std::uint64_t{r[1]} << 32), odd = r[2] | (std::uint64_t{r[3]} << 32);
        const double u = static_cast<double>(even >> 12) * 0x1p-52;
        if (b == 0) {
            out[0] = u;
            continue;
        }
        const double angle = 2 * std::numbers::pi * (static_cast<double>(odd >> 12) * 0x1p-52 - 0.5);
        const double radius = std::sqrt(-2 * std::log(1 - u));
        out[2 * b] = radius * std::cos(angle);
        out[2 * b + 1] = radius * std::sin(angle);
    }
}

#else

namespace hn = hwy::HWY_NAMESPACE;
using Lanes64 = hn::CappedTag<std::uint64_t, 8>;
using Doubles = hn::Repartition<double, Lanes64>;

// [1, 2): the upper 52 bits as the mantissa.
HWY_INLINE hn::Vec<Doubles> one_to_two(hn::Vec<Lanes64> word) {
    const Lanes64 d;
    return hn::BitCast(Doubles(), hn::Or(hn::ShiftRight<12>(word), hn::Set(d, 0x3FF0000000000000u)));
}

void draw(r123::Philox4x32::key_type key, std::uint32_t purpose, std::uint32_t chain, std::uint64_t first_block,
          std::size_t blocks, double* out) {
    const Lanes64 d;
    const Doubles f;
    double uniform = 0;
    for (std::size_t b = 0; b < blocks; b += hn::Lanes(d)) {
        const auto words = protolith::HWY_NAMESPACE::philox_words(d, hn::Iota(d, first_block + b), key, purpose,
                                                                  hn::Set(d, std::uint64_t{chain}));
        const auto u = one_to_two(words.even);  // 1 + uniform
        if (b == 0) uniform = hn::GetLane(u) - 1;
        const auto log = hn::Log(f, hn::Sub(hn::Set(f, 2.0), u));
        const auto radius = hn::Sqrt(hn::Mul(hn::Set(f, -2.0), log));
        const auto angle = hn::Mul(hn::Set(f, 2 * std::numbers::pi), hn::Sub(one_to_two(words.odd), hn::Set(f, 1.5)));
        hn::StoreInterleaved2(hn::Mul(radius, hn::Cos(f, angle)), hn::Mul(radius, hn::Sin(f, angle)), f, out + 2 * b);
    }
    out[0] = uniform;
}

#endif

// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace HWY_NAMESPACE
}  // namespace protolith::sampling
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::sampling {

HWY_EXPORT(draw);

void draw_step(std::uint64_t seed, RandomPurpose purpose, std::uint32_t chain, std::uint64_t step,
               std::size_t dimensions, double* out) {
    const std::size_t blocks = 1 + (dimensions + 1) / 2;
    const RandomStream stream(seed, purpose, chain);
    HWY_DYNAMIC_DISPATCH(draw)(stream.key(), stream.purpose(), chain, step * blocks, blocks, out);
}

}  // namespace protolith::sampling
#endif
