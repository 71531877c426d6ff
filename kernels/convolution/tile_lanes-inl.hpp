// Sixteen channels side by side, and matrices of constants applied to both sides of a square of them. Included once for
// each Highway target, inside its namespace; vectors of the compiler, so that any target's registers can hold them.

/// Sixteen floats; the compiler splits them where registers are narrower.
using Lanes = float __attribute__((vector_size(64)));
using WordLanes = std::uint32_t __attribute__((vector_size(64)));
using HalfLanes = std::uint16_t __attribute__((vector_size(32)));
constexpr int lane_count = 16;

#define PROTOLITH_INLINE inline __attribute__((always_inline))

/// Sixteen values, or (not `whole`) the first `count` of them, the others zero.
template <bool whole>
PROTOLITH_INLINE void load(const float* from, int count, Lanes& to) {
    if constexpr (whole) {
        std::memcpy(&to, from, sizeof to);
    } else {
        float some[lane_count] = {};
        for (int i = 0; i < count; ++i) some[i] = from[i];
        std::memcpy(&to, some, sizeof to);
    }
}
template <bool whole>
PROTOLITH_INLINE void load(const bfloat16* from, int count, Lanes& to) {
    HalfLanes bits;
    if constexpr (whole) {
        std::memcpy(&bits, from, sizeof bits);
    } else {
        bfloat16 some[lane_count] = {};
        for (int i = 0; i < count; ++i) some[i] = from[i];
        std::memcpy(&bits, some, sizeof bits);
    }
    const WordLanes words = __builtin_convertvector(bits, WordLanes) << 16;
    std::memcpy(&to, &words, sizeof to);
}

template <bool whole>
PROTOLITH_INLINE void store(const Lanes& from, int count, float* to) {
    if constexpr (whole) {
        std::memcpy(to, &from, sizeof from);
    } else {
        float some[lane_count];
        std::memcpy(some, &from, sizeof from);
        for (int i = 0; i < count; ++i) to[i] = some[i];
    }
}
/// Rounds to nearest, ties to even. NaN stays NaN, for its upper half is kept.
template <bool whole>
PROTOLITH_INLINE void store(const Lanes& from, int count, bfloat16* to) {
    WordLanes words;
    std::memcpy(&words, &from, sizeof words);
    const WordLanes rounded = words + 0x7fffu + ((words >> 16) & 1u);
    const WordLanes kept = (words & 0x7fffffffu) > 0x7f800000u ? (words | 0x400000u) : rounded;
    const HalfLanes bits = __builtin_convertvector(kept >> 16, HalfLanes);
    if constexpr (whole) {
        std::memcpy(to, &bits, sizeof bits);
    } else {
        bfloat16 some[lane_count];
        std::memcpy(some, &bits, sizeof bits);
        for (int i = 0; i < count; ++i) to[i] = some[i];
    }
}

/// sum = the sum over j of M(i, j) v[j * stride], zeros left out; `started` once a term is in it.
template <class M, int i, int j = 0, bool started = false>
PROTOLITH_INLINE void row_times(const Lanes* v, int stride, Lanes& sum) {
    if constexpr (j < M::columns) {
        constexpr float factor = static_cast<float>(M::at(i, j));
        const Lanes& term = v[j * stride];
        if constexpr (factor == 0)
            ;
        else if constexpr (!started)
            sum = factor == 1 ? term : factor * term;
        else if constexpr (factor == 1)
            sum += term;
        else if constexpr (factor == -1)
            sum -= term;
        else
            sum += factor * term;
        row_times<M, i, j + 1, started || factor != 0>(v, stride, sum);
    } else {
        static_assert(started, "a row of zeros");
    }
}

/// to[i * to_stride] = (M v)[i] for all rows.
template <class M, int i = 0>
PROTOLITH_INLINE void times(const Lanes* v, int stride, Lanes* to, int to_stride) {
    if constexpr (i < M::rows) {
        row_times<M, i>(v, stride, to[i * to_stride]);
        times<M, i + 1>(v, stride, to, to_stride);
    }
}

/// to (rows, rows) = M from (columns, columns) M^T
template <class M>
PROTOLITH_INLINE void times_both(const Lanes* from, Lanes* to) {
    constexpr int rows = M::rows, columns = M::columns;
    Lanes half[rows * columns];
#pragma GCC unroll 8
    for (int j = 0; j < columns; ++j) times<M>(from + j, columns, half + j, columns);
#pragma GCC unroll 8
    for (int i = 0; i < rows; ++i) times<M>(half + i * columns, 1, to + i * rows, 1);
}
