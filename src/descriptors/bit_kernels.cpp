// Shifted AND and population count. A shifted read joins two neighbouring words: (lo >> s) | (hi << (64 − s)); vertices
// with one shift are ANDed first and shifted once. Several vectors of 64-bit lanes, up to 512 bits each.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "descriptors/bit_kernels.cpp"
#ifndef HWY_WANT_AVX3_DL
#define HWY_WANT_AVX3_DL
#endif
#include <hwy/foreach_target.h>
//
#include "base/error.hpp"
#include "descriptors/bit_kernels.hpp"

#include <algorithm>
#include <tuple>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::descriptors {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Words = hn::CappedTag<std::uint64_t, 8>;
using Vector = hn::Vec<Words>;

// Set bits of every 64-bit lane.
HWY_INLINE Vector popcount(Vector v) {
#if HWY_TARGET == HWY_AVX3_DL || HWY_TARGET == HWY_SCALAR
    return hn::PopulationCount(v);
#else
    const hn::Repartition<std::uint8_t, Words> bytes;
    return hn::SumsOf8(hn::PopulationCount(hn::BitCast(bytes, v)));
#endif
}

HWY_INLINE std::uint64_t sum(Vector v) { return hn::GetLane(hn::SumOfLanes(Words(), v)); }

// How to read 64 bits from bit `shift` on. With no bit offset both halves are the same word, so no shift is by 64.
struct Shift {
    explicit Shift(std::size_t shift)
        : word(shift / 64),
          next(shift / 64 + (shift % 64 != 0 ? 1 : 0)),
          right(static_cast<int>(shift % 64)),
          left(static_cast<int>((64 - shift % 64) % 64)) {}
    std::size_t word, next;
    int right, left;
};

HWY_INLINE Vector shifted(const std::uint64_t* line, const Shift& s) {
    const Words d;
    return hn::Or(hn::ShiftRightSame(hn::LoadU(d, line + s.word), s.right),
                  hn::ShiftLeftSame(hn::LoadU(d, line + s.next), s.left));
}

HWY_INLINE Vector shifted(const std::uint64_t* a, const std::uint64_t* b, const Shift& s) {
    const Words d;
    const Vector low = hn::And(hn::LoadU(d, a + s.word), hn::LoadU(d, b + s.word));
    const Vector high = hn::And(hn::LoadU(d, a + s.next), hn::LoadU(d, b + s.next));
    return hn::Or(hn::ShiftRightSame(low, s.right), hn::ShiftLeftSame(high, s.left));
}

// Vertices that share a shift, one or two of them, read along their lines.
template <int kLines>
struct Column {
    explicit Column(const Vertex* v) : shift(v[0].shift), stride(v[0].stride), a(v[0].line), b(v[kLines - 1].line) {}
    Shift shift;
    std::size_t stride;
    const std::uint64_t *a, *b;

    HWY_INLINE Vector read_unshifted(std::size_t w) const {
        const Words d;
        if constexpr (kLines == 1) return hn::LoadU(d, a + w);
        return hn::And(hn::LoadU(d, a + w), hn::LoadU(d, b + w));
    }
#if HWY_TARGET == HWY_AVX3_DL
    // Reads at any word cross cache lines. Of two vertices whole cache lines are read once instead and kept for the
    // next vector; two permutations take the words out of two of them.
    HWY_INLINE void begin_line() {
        if constexpr (kLines > 1) kept = read_unshifted(shift.word / 8 * 8);
    }
    HWY_INLINE Vector read(std::size_t w) {
        if constexpr (kLines == 1) {
            const auto low = read_unshifted(shift.word + w), high = read_unshifted(shift.word + w + 1);
            return Vector{_mm512_shrdv_epi64(low.raw, high.raw, right.raw)};
        }
        const Vector ahead = read_unshifted(shift.word / 8 * 8 + w + 8);
        const auto low = _mm512_permutex2var_epi64(kept.raw, low_words.raw, ahead.raw);
        const auto high = _mm512_permutex2var_epi64(kept.raw, high_words.raw, ahead.raw);
        kept = ahead;
        return Vector{_mm512_shrdv_epi64(low, high, right.raw)};
    }
    Vector low_words = hn::Iota(Words(), shift.word % 8), high_words = hn::Iota(Words(), shift.word % 8 + 1);
    Vector right = hn::Set(Words(), static_cast<std::uint64_t>(shift.right)), kept = hn::Zero(Words());
#else
    HWY_INLINE void begin_line() {}
    HWY_INLINE Vector read(std::size_t w) const {
        if constexpr (kLines == 1) return shifted(a + w, shift);
        return shifted(a + w, b + w, shift);
    }
#endif
    HWY_INLINE void advance() { a += stride, b += stride; }
};

template <class First, class... Rest>
std::uint64_t count_columns(std::size_t lines, std::size_t length, First first, Rest... rest) {
    const Words d;
    const std::size_t words = (length + 63) / 64;
    Vector total = hn::Zero(d);
    for (std::size_t i = 0; i < lines; ++i) {
        (rest.begin_line(), ...);
        for (std::size_t w = 0; w < words; w += hn::Lanes(d)) {
            Vector all = first.read_unshifted(w);
            ((all = hn::And(all, rest.read(w))), ...);
            total = hn::Add(total, popcount(all));
        }
        first.advance();
        (rest.advance(), ...);
    }
    return sum(total);
}

template <int... kLines>
std::uint64_t count_pattern(const Vertex* v, std::size_t lines, std::size_t length) {
    // Braces evaluate in order, so `next` walks through the vertices column by column.
    const Vertex* next = v;
    const auto take = [&next](int n) {
        const Vertex* here = next;
        next += n;
        return here;
    };
    const std::tuple<Column<kLines>...> columns{Column<kLines>(take(kLines))...};
    return std::apply([&](auto... c) { return count_columns(lines, length, c...); }, columns);
}

std::uint64_t CountAllSet(const Vertex* v, std::size_t signature, std::size_t lines, std::size_t length) {
    switch (signature) {
        case 1:
            return count_pattern<1>(v, lines, length);  // one point
        case 2:
            return count_pattern<2>(v, lines, length);  // S2 across lines
        case 11:
            return count_pattern<1, 1>(v, lines, length);  // S2 along lines
        case 21:
            return count_pattern<2, 1>(v, lines, length);  // P3V
        case 111:
            return count_pattern<1, 1, 1>(v, lines, length);  // P3H
        case 22:
            return count_pattern<2, 2>(v, lines, length);  // P4
        case 1221:
            return count_pattern<1, 2, 2, 1>(v, lines, length);  // P6
        default:
            return count_pattern<1, 1, 1, 1, 1, 1>(v, lines, length);
    }
}

void CountSegmentsAlong(const std::uint64_t* line, const std::uint64_t* next, std::size_t length, std::size_t steps,
                        std::uint64_t* counts, std::uint64_t* work) {
    const Words d;
    const std::size_t words = (length + 63) / 64;
    for (std::size_t r = 0; r < steps; ++r) {
        const Shift shift(r);
        Vector total = hn::Zero(d);
        for (std::size_t w = 0; w < words; w += hn::Lanes(d)) {
            const Vector inside =
                r == 0 ? hn::LoadU(d, line + w) : hn::And(hn::LoadU(d, work + w), shifted(next + w, shift));
            hn::StoreU(inside, d, work + w);
            total = hn::Add(total, popcount(inside));
        }
        const std::uint64_t segments = sum(total);
        if (segments == 0) return;
        counts[r] += segments;
    }
}

void CountSegmentsAcross(const std::uint64_t* const* lines, std::size_t length, std::size_t steps,
                         std::uint64_t* counts, std::uint64_t* work) {
    const Words d;
    const std::size_t words = (length + 63) / 64;
    for (std::size_t r = 0; r < steps; ++r) {
        Vector total = hn::Zero(d);
        for (std::size_t w = 0; w < words; w += hn::Lanes(d)) {
            const Vector here = hn::LoadU(d, lines[r] + w);
            const Vector inside = r == 0 ? here : hn::And(hn::LoadU(d, work + w), here);
            hn::StoreU(inside, d, work + w);
            total = hn::Add(total, popcount(inside));
        }
        const std::uint64_t segments = sum(total);
        if (segments == 0) return;
        counts[r] += segments;
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace protolith::descriptors
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::descriptors {
namespace {

HWY_EXPORT(CountAllSet);
HWY_EXPORT(CountSegmentsAlong);
HWY_EXPORT(CountSegmentsAcross);

// Vertices per column as decimal digits, 0 if a column has more than two.
std::size_t column_signature(std::span<const Vertex> vertices) {
    std::size_t signature = 0;
    for (std::size_t i = 0; i < vertices.size();) {
        std::size_t n = 1;
        while (i + n < vertices.size() && vertices[i + n].shift == vertices[i].shift) ++n;
        if (n > 2) return 0;
        signature = 10 * signature + n;
        i += n;
    }
    return signature;
}

}  // namespace

std::uint64_t count_all_set(std::span<const Vertex> vertices, std::size_t lines, std::size_t length) {
    require(!vertices.empty() && vertices.size() <= max_vertices && vertices[0].shift == 0,
            "a pattern of {} vertices; expected 1 to {}, the first unshifted", vertices.size(), max_vertices);
    Vertex padded[max_vertices];
    for (std::size_t k = 0; k < max_vertices; ++k) padded[k] = vertices[std::min(k, vertices.size() - 1)];
    return HWY_DYNAMIC_DISPATCH(CountAllSet)(padded, column_signature(vertices), lines, length);
}

void count_segments_along(const std::uint64_t* line, const std::uint64_t* next, std::size_t length,
                          std::span<std::uint64_t> counts, std::uint64_t* work) {
    HWY_DYNAMIC_DISPATCH(CountSegmentsAlong)(line, next, length, counts.size(), counts.data(), work);
}

void count_segments_across(std::span<const std::uint64_t* const> lines, std::size_t length,
                           std::span<std::uint64_t> counts, std::uint64_t* work) {
    HWY_DYNAMIC_DISPATCH(CountSegmentsAcross)(lines.data(), length, lines.size(), counts.data(), work);
}

}  // namespace protolith::descriptors
#endif  // HWY_ONCE
