// Pointwise formulas of tensors and of rows spread over them, compiled once per Highway target. Narrow rows are joined
// to lines of `repeated_width` elements, so that few channels fill vectors too.
#if defined(PROTOLITH_REDUCE_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_REDUCE_ROWS_INL
#undef PROTOLITH_REDUCE_ROWS_INL
#else
#define PROTOLITH_REDUCE_ROWS_INL
#endif

#include "reduce/sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

// y[i] = formula(x[i]…, row[i]…)
template <class Formula, class T, std::size_t... I, std::size_t... R>
void map_line(const Formula formula, const Operands<T, sizeof...(I), sizeof...(R)> from, std::int64_t width, T* y,
              std::index_sequence<I...>, std::index_sequence<R...>) {
    using A = accumulator_t<T>;
#pragma GCC ivdep
    for (std::int64_t i = 0; i < width; ++i)
        y[i] = static_cast<T>(formula(static_cast<A>(from.x[I][i])..., from.rows[R][i]...));
}

// The same with constants for the rows.
template <class Formula, class T, std::size_t... I, std::size_t... R>
void map_contiguous(const Formula formula, const Operands<T, sizeof...(I), sizeof...(R)> from, std::int64_t count, T* y,
                    std::index_sequence<I...>, std::index_sequence<R...>) {
    using A = accumulator_t<T>;
    const std::array<A, sizeof...(R)> row{*from.rows[R]...};
#pragma GCC ivdep
    for (std::int64_t i = 0; i < count; ++i) y[i] = static_cast<T>(formula(static_cast<A>(from.x[I][i])..., row[R]...));
}

// `rows` rows of one group.
template <class Formula, class T, std::size_t I, std::size_t R>
void map_rows(const Formula& formula, const Operands<T, I, R>& from, std::int64_t rows, std::int64_t channels, T* y) {
    constexpr auto inputs = std::make_index_sequence<I>();
    constexpr auto spread = std::make_index_sequence<R>();
    if (channels == 1) return map_contiguous(formula, from, rows, y, inputs, spread);
    std::int64_t repeat = 1;
    accumulator_t<T> repeated[R][repeated_width];
    Operands<T, I, R> joined = from;
    if (channels <= repeated_width / 2 && rows > 1) {
        repeat = std::min(repeated_width / channels, rows);
        for (std::size_t r = 0; r < R; ++r) {
            for (std::int64_t j = 0; j < repeat; ++j) std::copy_n(from.rows[r], channels, repeated[r] + j * channels);
            joined.rows[r] = repeated[r];
        }
    }
    const std::int64_t width = repeat * channels, count = rows * channels;
    for (std::int64_t i = 0; i < count; i += width)
        map_line(formula, joined.at(i, 0), std::min(width, count - i), y + i, inputs, spread);
}

// Rows [first, last) of all outer · rows.
template <class Formula, class T, std::size_t I, std::size_t R>
void map_groups(const Formula& formula, const Groups& groups, const Operands<T, I, R>& from, std::int64_t first,
                std::int64_t last, T* y) {
    while (first < last) {
        const std::int64_t outer = first / groups.rows, end = std::min(last, (outer + 1) * groups.rows);
        map_rows(formula, from.at(first * groups.channels, outer * groups.channels), end - first, groups.channels,
                 y + first * groups.channels);
        first = end;
    }
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
