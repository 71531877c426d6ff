// Sixteen channels side by side, and matrices of constants applied to both sides of a square of them. Included once for
// each Highway target, inside its namespace; vectors of the compiler, so that any target's registers can hold them.

/// Sixteen floats; the compiler splits them where registers are narrower.
using Lanes = float __attribute__((vector_size(64)));
using WordLanes = std::uint32_t __attribute__((vector_size(64)));
using HalfLanes = std::uint16_t __attribute__((vector_size(32)));
constexpr int lane_count = 16;

#define PROTOLITH_INLINED __attribute__((always_inline))
#define PROTOLITH_INLINE inline PROTOLITH_INLINED

PROTOLITH_INLINE void load(const float* from, Lanes& to) { std::memcpy(&to, from, sizeof to); }
PROTOLITH_INLINE void load(const bfloat16* from, Lanes& to) {
    HalfLanes bits;
    std::memcpy(&bits, from, sizeof bits);
    const WordLanes words = __builtin_convertvector(bits, WordLanes) << 16;
    std::memcpy(&to, &words, sizeof to);
}

PROTOLITH_INLINE void store(const Lanes& from, float* to) { std::memcpy(to, &from, sizeof from); }
/// Rounds to nearest, ties to even. NaN stays NaN, for its upper half is kept.
PROTOLITH_INLINE void store(const Lanes& from, bfloat16* to) {
    WordLanes words;
    std::memcpy(&words, &from, sizeof words);
    const WordLanes rounded = words + 0x7fffu + ((words >> 16) & 1u);
    const WordLanes kept = (words & 0x7fffffffu) > 0x7f800000u ? (words | 0x400000u) : rounded;
    const HalfLanes bits = __builtin_convertvector(kept >> 16, HalfLanes);
    std::memcpy(to, &bits, sizeof bits);
}

/// `size` places for sixteen channels, of which the image has `count` only: copies of its values, the others zero.
template <int size, class T>
struct PaddedLanes {
    T values[size * lane_count] = {};

    T* place(int i) { return values + i * lane_count; }
    void fill(int i, const T* from, int count) { std::memcpy(place(i), from, count * sizeof(T)); }
    void copy(int i, T* to, int count) const { std::memcpy(to, values + i * lane_count, count * sizeof(T)); }
};

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

template <class F, int... i>
PROTOLITH_INLINE void call_each(const F& f, std::integer_sequence<int, i...>) {
    (f(std::integral_constant<int, i>{}), ...);
}
/// f(0), …, f(count - 1), each with a constant, so that arrays indexed by it are registers.
template <int count, class F>
PROTOLITH_INLINE void for_each_constant(const F& f) {
    call_each(f, std::make_integer_sequence<int, count>{});
}

/// to (rows, rows) = M from (columns, columns) M^T; get(i, lanes) reads the i-th value of the one, put(i, lanes) takes
/// the i-th of the other. Values pass through memory once in between: there are more of them than registers.
template <class M, class Get, class Put>
PROTOLITH_INLINE void times_both(const Get& get, const Put& put) {
    constexpr int rows = M::rows, columns = M::columns;
    Lanes half[rows * columns];
    for_each_constant<columns>([&](auto j) PROTOLITH_INLINED {
        Lanes column[columns];
        for_each_constant<columns>([&](auto i) PROTOLITH_INLINED { get(i * columns + j, column[i]); });
        times<M>(column, 1, half + j, columns);
    });
    for_each_constant<rows>([&](auto i) PROTOLITH_INLINED {
        Lanes row[rows];
        times<M>(half + i * columns, 1, row, 1);
        for_each_constant<rows>([&](auto j) PROTOLITH_INLINED { put(i * rows + j, row[j]); });
    });
}

/// Sixteen channels at `places`: to[i * plane] = (M square M^T)[i].
template <class M, class From, class To>
[[gnu::noinline]] void map_block(const From* const* places, std::int64_t channel, To* to, std::int64_t plane) {
    times_both<M>([&](int i, Lanes& v) PROTOLITH_INLINED { load(places[i] + channel, v); },
                  [&](int i, const Lanes& v) PROTOLITH_INLINED { store(v, to + i * plane); });
}

/// The same for the `count` last channels, fewer than sixteen.
template <class M, class From, class To>
void map_rest(const From* const* places, std::int64_t channel, int count, To* to, std::int64_t plane) {
    constexpr int in = M::columns * M::columns, out = M::rows * M::rows;
    PaddedLanes<in, From> padded;
    PaddedLanes<out, To> mapped;
    const From* padded_places[in];
    for (int i = 0; i < in; ++i) {
        padded.fill(i, places[i] + channel, count);
        padded_places[i] = padded.place(i);
    }
    map_block<M>(padded_places, 0, mapped.values, lane_count);
    for (int i = 0; i < out; ++i) mapped.copy(i, to + i * plane, count);
}
