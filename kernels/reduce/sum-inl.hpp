// Sums of any terms over the rows of groups, compiled once per Highway target. A line of `repeat` rows is added element
// by element, so that few channels fill vectors too; up to 32 lines are summed in the arithmetic's type, then in
// double.
#if defined(PROTOLITH_REDUCE_SUM_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_REDUCE_SUM_INL
#undef PROTOLITH_REDUCE_SUM_INL
#else
#define PROTOLITH_REDUCE_SUM_INL
#endif

#include "queue/types.hpp"
#include "reduce/partition.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

constexpr std::int64_t tile = 512;            // elements of a line that are summed at once
constexpr std::int64_t repeated_width = 128;  // narrower rows are joined to lines of about this length
constexpr std::int64_t lines_per_block = 32;  // summed in the arithmetic's type
constexpr std::int64_t lanes = 128;           // sums of one channel beside one another
constexpr std::int64_t short_block = 4096;    // elements of one channel between additions in double

// The operands of a term: elements of `I` tensors and of `R` rows, the latter of the arithmetic's type.
template <class T, std::size_t I, std::size_t R>
struct Operands {
    std::array<const T*, I> x;
    std::array<const accumulator_t<T>*, R> rows;

    Operands at(std::int64_t element, std::int64_t column) const {
        Operands moved = *this;
        for (auto& pointer : moved.x) pointer += element;
        for (auto& pointer : moved.rows) pointer += column;
        return moved;
    }
};

// The addends at element `i` of the lines and column `column` of the rows.
template <class Term, class T, std::size_t... I, std::size_t... R>
HWY_INLINE auto addends(const Term& term, const Operands<T, sizeof...(I), sizeof...(R)>& from, std::int64_t i,
                        [[maybe_unused]] std::int64_t column, std::index_sequence<I...>, std::index_sequence<R...>) {
    return term(static_cast<accumulator_t<T>>(from.x[I][i])..., from.rows[R][column]...);
}

// sums[k][i] += term(x[i]…, row[i]…)[k] of one line.
template <class Term, class T, class A, std::size_t I, std::size_t R>
void add_line(const Term term, const Operands<T, I, R> from, std::int64_t width, A (*sums)[tile]) {
    constexpr auto inputs = std::make_index_sequence<I>();
    constexpr auto spread = std::make_index_sequence<R>();
#pragma GCC ivdep
    for (std::int64_t i = 0; i < width; ++i) {
        const auto a = addends(term, from, i, i, inputs, spread);
        sums[0][i] += a.value[0];
        if constexpr (Term::sums > 1) sums[1][i] += a.value[1];
    }
}

// The same of four lines, `stride` apart: the sums are read and written once.
template <class Term, class T, class A, std::size_t I, std::size_t R>
void add_four_lines(const Term term, const Operands<T, I, R> from, std::int64_t width, std::int64_t stride,
                    A (*sums)[tile]) {
    constexpr auto inputs = std::make_index_sequence<I>();
    constexpr auto spread = std::make_index_sequence<R>();
#pragma GCC ivdep
    for (std::int64_t i = 0; i < width; ++i) {
        const auto a = addends(term, from, i, i, inputs, spread),
                   b = addends(term, from, i + stride, i, inputs, spread),
                   c = addends(term, from, i + 2 * stride, i, inputs, spread),
                   d = addends(term, from, i + 3 * stride, i, inputs, spread);
        sums[0][i] += (a.value[0] + b.value[0]) + (c.value[0] + d.value[0]);
        if constexpr (Term::sums > 1) sums[1][i] += (a.value[1] + b.value[1]) + (c.value[1] + d.value[1]);
    }
}

// Sums of `lines` lines, at most lines_per_block. From memory lines are read one after the other, as it prefetches
// best; `cached` ones four at a time.
template <class Term, class T, class A, std::size_t I, std::size_t R>
void sum_block(const Term& term, const Operands<T, I, R>& from, std::int64_t lines, std::int64_t width,
               std::int64_t stride, A (*sums)[tile], bool cached = false) {
    for (int k = 0; k < Term::sums; ++k) std::fill_n(sums[k], width, A{0});
    std::int64_t line = 0;
    for (; cached && line + 4 <= lines; line += 4) add_four_lines(term, from.at(line * stride, 0), width, stride, sums);
    for (; line < lines; ++line) add_line(term, from.at(line * stride, 0), width, sums);
}

// Adds `lines` lines of `width` elements, `stride` apart, to totals[k][i].
template <class Term, class T, std::size_t I, std::size_t R>
void add_lines(const Term& term, const Operands<T, I, R>& from, std::int64_t lines, std::int64_t width,
               std::int64_t stride, double (*totals)[tile]) {
    accumulator_t<T> sums[Term::sums][tile];
    for (std::int64_t first = 0; first < lines; first += lines_per_block) {
        sum_block(term, from.at(first * stride, 0), std::min(lines_per_block, lines - first), width, stride, sums);
        for (int k = 0; k < Term::sums; ++k)
            for (std::int64_t i = 0; i < width; ++i) totals[k][i] += static_cast<double>(sums[k][i]);
    }
}

// One channel: the rows are contiguous and the row operands are constants. `lanes` sums beside one another, whether the
// compiler makes vectors of them or not.
template <class Term, class T, std::size_t... I, std::size_t... R>
void add_contiguous(const Term term, const Operands<T, sizeof...(I), sizeof...(R)> from, std::int64_t count,
                    double* totals, std::index_sequence<I...>, std::index_sequence<R...>) {
    using A = accumulator_t<T>;
    const std::array<A, sizeof...(R)> row{*from.rows[R]...};
    A sums[Term::sums][lanes];
    for (std::int64_t first = 0; first < count; first += short_block) {
        const std::int64_t last = std::min(count, first + short_block);
        for (auto& lane : sums) std::fill_n(lane, lanes, A{0});
        for (std::int64_t line = first; line < last; line += lanes) {
            const std::int64_t width = std::min(lanes, last - line);
#pragma GCC ivdep
            for (std::int64_t i = 0; i < width; ++i) {
                const auto terms = term(static_cast<A>(from.x[I][line + i])..., row[R]...);
                sums[0][i] += terms.value[0];
                if constexpr (Term::sums > 1) sums[1][i] += terms.value[1];
            }
        }
        for (int k = 0; k < Term::sums; ++k)
            for (const A value : sums[k]) totals[k] += static_cast<double>(value);
    }
}

// Narrow rows, joined: the row operands are repeated, and the sums folded back. width ≤ repeated_width.
template <class Term, class T, std::size_t I, std::size_t R>
void add_narrow(const Term& term, const Operands<T, I, R>& from, std::int64_t rows, std::int64_t channels,
                double (*totals)[tile]) {
    using A = accumulator_t<T>;
    const std::int64_t repeat = std::max<std::int64_t>(1, std::min(repeated_width / channels, rows));
    A repeated[R + 1][repeated_width];
    Operands<T, I, R> joined{from.x, {}};
    for (std::size_t r = 0; r < R; ++r) {
        for (std::int64_t j = 0; j < repeat; ++j) std::copy_n(from.rows[r], channels, repeated[r] + j * channels);
        joined.rows[r] = repeated[r];
    }
    const std::int64_t lines = rows / repeat, rest = rows % repeat, width = repeat * channels;
    for (int k = 0; k < Term::sums; ++k) std::fill_n(totals[k], width, 0.0);
    add_lines(term, joined, lines, width, width, totals);
    add_lines(term, joined.at(lines * width, 0), 1, rest * channels, width, totals);
    for (int k = 0; k < Term::sums; ++k)
        for (std::int64_t i = channels; i < width; ++i) totals[k][i % channels] += totals[k][i];
}

// Sums of `rows` rows; put(k, channel, sum) takes each.
template <class Term, class T, std::size_t I, std::size_t R, class Put>
void sum_rows(const Term& term, const Operands<T, I, R>& from, std::int64_t rows, std::int64_t channels, Put put) {
    double totals[Term::sums][tile];
    if (channels == 1) {
        double single[2] = {0, 0};
        add_contiguous(term, from, rows, single, std::make_index_sequence<I>(), std::make_index_sequence<R>());
        for (int k = 0; k < Term::sums; ++k) put(k, std::int64_t{0}, single[k]);
        return;
    }
    for (std::int64_t c = 0; c < channels; c += tile) {
        const std::int64_t width = std::min(tile, channels - c);
        if (channels <= repeated_width / 2) {
            add_narrow(term, from, rows, channels, totals);
        } else {
            for (auto& total : totals) std::fill_n(total, width, 0.0);
            add_lines(term, from.at(c, c), rows, width, channels, totals);
        }
        for (int k = 0; k < Term::sums; ++k)
            for (std::int64_t i = 0; i < width; ++i) put(k, c + i, totals[k][i]);
    }
}

// Tasks [first, last) of the partition; the sums of task t are partial[(k · tasks + t) · channels + c]. The rows of the
// operands have the shape (outer, channels).
template <class Term, class T, std::size_t I, std::size_t R>
void sum_tasks(const Term& term, const Groups& groups, const Operands<T, I, R>& from, std::int64_t first,
               std::int64_t last, double* partial) {
    const Partition partition(groups);
    for (std::int64_t task = first; task < last; ++task) {
        const std::int64_t outer = task / partition.parts, row = task % partition.parts * partition.part_rows;
        const std::int64_t rows = std::min(partition.part_rows, groups.rows - row);
        sum_rows(term, from.at((outer * groups.rows + row) * groups.channels, outer * groups.channels), rows,
                 groups.channels, [&](int k, std::int64_t channel, double value) {
                     partial[(k * partition.tasks + task) * groups.channels + channel] = value;
                 });
    }
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
