// A formula of tensors and of rows spread over them: y[o, r, c] = formula(x[o, r, c]…, row[o, c]…). A thread keeps its
// column's rows in registers and goes down the lines: every tensor is read or written once, coalesced along the
// channels, and memory bandwidth bounds it.
#pragma once

#include "reduce/layout.cuh"

namespace protolith::kernels::cuda {

/// Rows that lie in memory, each (outer, channels). What stands for rows in a formula has this interface: `count` rows,
/// and load, which fetches N neighbouring groups, the first of them group = outer · channels + channel.
template <class A, int R>
struct RowArrays {
    static constexpr int count = R;
    const A* of[R > 0 ? R : 1];

    bool aligned() const {
        for (int r = 0; r < R; ++r)
            if (!aligned_16(of[r])) return false;
        return true;
    }
    template <int N>
    __device__ void load(std::int64_t group, std::int64_t /*channel*/, Values<A, R, N>& to) const {
#pragma unroll
        for (int r = 0; r < R; ++r) load_elements<N>(of[r] + group, to.of[r]);
    }
};

/// y at N elements from `at` on, whose rows are known.
template <int N, class Formula, class X, int I, class A, int R, int W>
__device__ void map_access(const Formula& formula, const Inputs<X, I>& x, const Values<A, R, W>& row, std::int64_t at,
                           X* y) {
    Values<A, I, N> values;
    load_inputs(x, at, values);
    A result[N];
#pragma unroll
    for (int j = 0; j < N; ++j) result[j] = call(formula, values, j, row, W == 1 ? 0 : j);
    store_elements<N>(y + at, result);
}

template <Access access, class Formula, class X, int I, class Rows>
__global__ void __launch_bounds__(block_threads, least_blocks)
    map_lines(Layout layout, Formula formula, Inputs<X, I> x, Rows rows, X* y) {
    using A = accumulator_t<X>;
    constexpr int N = Reach<X, access>::elements, W = Reach<X, access>::width;
    for (std::int64_t task = layout.first_task(); task < layout.tasks; task += layout.task_stride()) {
        const Place place = layout.place(task);
        if (!place.inside) continue;
        const std::int64_t channel = place.column * W, group = place.outer * layout.size.channels + channel;
        const std::int64_t start = place.outer * layout.size.rows * layout.size.channels + channel;
        Values<A, Rows::count, W> row;
        rows.template load<W>(group, channel, row);
#pragma unroll 2
        for (std::int64_t line = place.first; line < place.last; line += place.step)
            map_access<N>(formula, x, row, start + line * layout.stride, y);
        if constexpr (access == Access::rows)
            if (layout.serves_rest(place)) map_access<1>(formula, x, row, start + layout.rest_element(), y);
    }
}

/// y[o, r, c] = formula(x[o, r, c]…, row[o, c]…), in accumulator_t<T>; y may be one of the x.
template <class T, class Formula, int I, class Rows>
void launch_rows(Queue& queue, const Groups& groups, const Formula& formula, const Inputs<T, I>& x, const Rows& rows,
                 T* y, const std::source_location& where = std::source_location::current()) {
    if (groups.elements() == 0) return;
    for_access(access_of<T>(groups, x.aligned() && rows.aligned() && aligned_16(y)), [&](auto access) {
        const Layout layout(groups, access, Reach<T, access>::elements, Cut{warp_threads, 8192});
        launch(map_lines<access, Formula, T, I, Rows>, layout.grid(where), block_threads, 0, stream_of(queue), layout,
               formula, x, rows, y);
    });
}

}  // namespace protolith::kernels::cuda
