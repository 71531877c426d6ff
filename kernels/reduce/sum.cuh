// Sums of any terms over the rows of groups. A thread goes down the lines of its column: up to 32 of them are summed in
// the arithmetic's type, then in double, as the CPU does; then its team (team.cuh). Rows that are cut into parts leave
// partial sums, which the same kernel adds up. Every tensor is read once, coalesced along the channels, several lines
// on the way at a time: memory bandwidth bounds it. No atomics: the same bits at every run.
#pragma once

#include "reduce/rows.cuh"
#include "reduce/team.cuh"
#include "reduce/terms.hpp"

namespace protolith::kernels::cuda {

/// Sum k of a group, rounded, in results[k].
template <class A, int K>
struct PutSums {
    A* results[K];
    __device__ void operator()(int k, std::int64_t group, double sum) const { results[k][group] = static_cast<A>(sum); }
};

/// The parts' sums of the k-th array of `count` groups lie behind those of the one before.
template <class Put>
struct PutOfParts {
    Put put;
    std::int64_t count;
    __device__ void operator()(int, std::int64_t group, double sum) const {
        put(static_cast<int>(group / count), group % count, sum);
    }
};

/// Where sum k of a part lies among the partial sums, or in the results where the part is the whole.
template <class Put>
__device__ void put_sum(const Layout& layout, const Put& put, double* partial, int k, std::int64_t outer,
                        std::int64_t part, std::int64_t channel, double sum) {
    const std::int64_t channels = layout.size.channels;
    if (layout.parts == 1) return put(k, outer * channels + channel, sum);
    partial[((k * layout.size.outer + outer) * layout.parts + part) * channels + channel] = sum;
}

/// What a thread sums: the operands of the terms.
template <Access access, class Term, class X, int I, class Rows>
struct Summands {
    using A = accumulator_t<X>;
    static constexpr int N = Reach<X, access>::elements, W = Reach<X, access>::width, K = Term::sums;

    const Term& term;
    const Inputs<X, I>& x;
    Values<A, Rows::count, W> row;

    /// sums[k][j] += term of `lines` lines, the first at `at`, `distance` elements apart; all loads before the sums.
    template <int lines, int elements>
    __device__ void add(std::int64_t at, std::int64_t distance, A (&sums)[K][elements]) const {
        Values<A, I, elements> values[lines];
#pragma unroll
        for (int i = 0; i < lines; ++i) load_inputs(x, at + i * distance, values[i]);
#pragma unroll
        for (int i = 0; i < lines; ++i)
#pragma unroll
            for (int j = 0; j < elements; ++j) {
                const auto terms = call(term, values[i], j, row, W == 1 ? 0 : j);
#pragma unroll
                for (int k = 0; k < K; ++k) sums[k][j] += terms.value[k];
            }
    }

    /// totals[k · W + w] += sums[k][j]
    template <int elements>
    __device__ static void flush(const A (&sums)[K][elements], double (&totals)[K * W]) {
#pragma unroll
        for (int k = 0; k < K; ++k)
#pragma unroll
            for (int j = 0; j < elements; ++j) totals[k * W + (W == 1 ? 0 : j)] += static_cast<double>(sums[k][j]);
    }

    /// The lines of one place, whose column begins at `start`.
    __device__ void add_column(const Layout& layout, const Place& place, std::int64_t start,
                               double (&totals)[K * W]) const {
        constexpr int together = I == 1 ? 4 : 2, block = 32;
        const std::int64_t distance = place.step * layout.stride;
        for (std::int64_t line = place.first; line < place.last;) {
            const std::int64_t end = line + block * place.step, stop = end < place.last ? end : place.last;
            A sums[K][N] = {};
            for (; line + (together - 1) * place.step < stop; line += together * place.step)
                add<together>(start + line * layout.stride, distance, sums);
            for (; line < stop; line += place.step) add<1>(start + line * layout.stride, distance, sums);
            flush(sums, totals);
        }
        if constexpr (access == Access::rows) {
            if (!layout.serves_rest(place)) return;
            A sums[K][1] = {};
            add<1>(start + layout.rest_element(), 0, sums);
            flush(sums, totals);
        }
    }
};

/// least_blocks for sums, which hold several lines on their way: at most 128 registers.
constexpr int least_sum_blocks = 2;

template <Access access, class Term, class X, int I, class Rows, class Put>
__global__ void __launch_bounds__(block_threads, least_sum_blocks)
    sum_lines(Layout layout, Term term, Inputs<X, I> x, Rows rows, double* partial, Put put) {
    using Operands = Summands<access, Term, X, I, Rows>;
    constexpr int W = Operands::W, count = Operands::K * W;
    const int thread = static_cast<int>(threadIdx.x);
    for (std::int64_t task = layout.first_task(); task < layout.tasks; task += layout.task_stride()) {
        const Place place = layout.place(task);
        const std::int64_t channel = place.column * W, group = place.outer * layout.size.channels + channel;
        Operands operands{term, x, {}};
        rows.template load<W>(group, channel, operands.row);
        double totals[count] = {};
        operands.add_column(layout, place, place.outer * layout.size.rows * layout.size.channels + channel, totals);
        add_over_warp(totals, layout.lanes);
        if (layout.team == warp_threads) {
            if (thread % warp_threads < layout.lanes && place.inside)
#pragma unroll
                for (int i = 0; i < count; ++i)
                    put_sum(layout, put, partial, i / W, place.outer, place.part, channel + i % W, totals[i]);
            continue;
        }
        double* const shared = dynamic_shared<double>();
        share_warps(totals, layout.lanes, shared);
        for (int result = thread; result < count * layout.lanes; result += block_threads) {
            const int i = result / (W * layout.lanes) * W + result % W, lane = result / W % layout.lanes;
            const std::int64_t column = task % layout.tiles * layout.lanes + lane;
            double sum = 0;
            for (int warp = 0; warp < block_warps; ++warp) sum += shared[(warp * count + i) * layout.lanes + lane];
            if (column < layout.columns)
                put_sum(layout, put, partial, i / W, place.outer, place.part, column * W + i % W, sum);
        }
        __syncthreads();  // before the next task's values
    }
}

/// One pass over a tensor: final sums where the rows are in one part, else partial ones.
template <Access access, class Term, class X, int I, class Rows, class Put>
void launch_sums(Queue& queue, const Layout& layout, const Term& term, const Inputs<X, I>& x, const Rows& rows,
                 double* partial, const Put& put, const std::source_location& where) {
    launch(sum_lines<access, Term, X, I, Rows, Put>, layout.grid(where), block_threads,
           team_bytes(Term::sums * Reach<X, access>::width, layout), stream_of(queue), layout, term, x, rows, partial,
           put);
}

/// Calls put(0, group, sum) on the device for the sums of `parts`, which are short columns: few lanes side by side.
template <class Put>
void add_parts(Queue& queue, const Groups& groups, const double* parts, const Put& put,
               const std::source_location& where) {
    for_access(access_of<double>(groups, aligned_16(parts)), [&](auto access) {
        const Layout layout(groups, access, Reach<double, access>::elements, Cut{4, 1});
        launch_sums<access>(queue, layout, formula::Value{}, Inputs<double, 1>{{parts}}, RowArrays<double, 0>{},
                            nullptr, put, where);
    });
}

/// Calls put(k, group, sum) on the device for Σ_r term(x[o, r, c]…, row[o, c]…)[k] of every group = o · channels + c.
template <class Term, class X, int I, class Rows, class Put>
void reduce_terms(Queue& queue, const Groups& groups, const Term& term, const Inputs<X, I>& x, const Rows& rows,
                  const Put& put, const std::source_location& where = std::source_location::current()) {
    if (groups.count() == 0) return;
    for_access(access_of<X>(groups, x.aligned() && rows.aligned()), [&](auto access) {
        const Layout layout(groups, access, Reach<X, access>::elements, Cut{});
        if (layout.parts == 1) return launch_sums<access>(queue, layout, term, x, rows, nullptr, put, where);
        const std::int64_t sums = Term::sums * groups.count() * layout.parts;
        const Scratch partial(queue, static_cast<std::size_t>(sums) * sizeof(double));
        launch_sums<access>(queue, layout, term, x, rows, partial.as<double>(), put, where);
        add_parts(queue, Groups{Term::sums * groups.outer, layout.parts, groups.channels}, partial.as<double>(),
                  PutOfParts<Put>{put, groups.count()}, where);
    });
}

}  // namespace protolith::kernels::cuda
