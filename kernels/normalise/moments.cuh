// Mean and sum of squared deviations of groups, in one pass over memory: a thread takes eight lines of its column at a
// time into registers, measures them about their own mean, and merges them in double (Chan, Golub & LeVeque 1983); then
// lanes, warps and parts are merged in the same way, in a fixed order. Memory bandwidth bounds it.
#pragma once

#include "normalise/merge.hpp"
#include "reduce/team.cuh"

namespace protolith::kernels::cuda {

/// Moments of `width` columns over the same number of values.
template <int width>
struct ColumnMoments {
    double mean[width], squares[width], count;

    __device__ void merge_with(const double (&means)[width], const double (&square_sums)[width], double values) {
        double total = count;
#pragma unroll
        for (int w = 0; w < width; ++w) {
            total = count;  // the same for every column
            merge(mean[w], squares[w], total, {means[w], square_sums[w], values});
        }
        count = total;
    }
};

/// The lines of a tensor.
template <class T, Access access>
struct TensorLines {
    static constexpr int elements = Reach<T, access>::elements, width = Reach<T, access>::width;
    using A = accumulator_t<T>;
    const T* x;

    /// Merges `lines` lines, the first at `at`, `distance` elements apart.
    template <int lines, int N>
    __device__ void add(std::int64_t at, std::int64_t distance, ColumnMoments<width>& into) const {
        constexpr int values = lines * N / width;  // of a column
        A line[lines][N];
#pragma unroll
        for (int i = 0; i < lines; ++i) load_elements<N>(x + at + i * distance, line[i]);
        double means[width], squares[width];
#pragma unroll
        for (int w = 0; w < width; ++w) {
            A sum = 0, deviations = 0, squared = 0;
            each<lines, N>(line, w, [&](A value) { sum += value; });
            const A centre = sum / static_cast<A>(values);
            each<lines, N>(line, w, [&](A value) {
                deviations += value - centre;
                squared += (value - centre) * (value - centre);
            });
            const Moments block = block_moments(static_cast<double>(centre), static_cast<double>(deviations),
                                                static_cast<double>(squared), values);
            means[w] = block.mean;
            squares[w] = block.squares;
        }
        into.merge_with(means, squares, values);
    }

    /// The values of column w.
    template <int lines, int N, class Work>
    __device__ static void each(const A (&line)[lines][N], int w, Work work) {
#pragma unroll
        for (int i = 0; i < lines; ++i)
#pragma unroll
            for (int j = w; j < (width == 1 ? N : w + 1); ++j) work(line[i][j]);
    }

    __device__ void add_column(const Layout& layout, const Place& place, ColumnMoments<width>& into) const {
        constexpr int together = 8;
        const std::int64_t start = place.outer * layout.size.rows * layout.size.channels + place.column * width;
        const std::int64_t distance = place.step * layout.stride;
        std::int64_t line = place.first;
        for (; line + (together - 1) * place.step < place.last; line += together * place.step)
            add<together, elements>(start + line * layout.stride, distance, into);
        for (; line < place.last; line += place.step) add<1, elements>(start + line * layout.stride, distance, into);
        if constexpr (access == Access::rows) {
            if (!layout.serves_rest(place)) return;
            add<1, 1>(start + layout.rest_element(), 0, into);
        }
    }
};

/// What an earlier pass left of the parts of groups: means, and behind them all sums of squares.
struct PartLines {
    static constexpr int elements = 1, width = 1;
    const double *means, *squares;
    std::int64_t rows, part_rows;  // of the tensor: every part has part_rows of them but the last

    __device__ void add_column(const Layout& layout, const Place& place, ColumnMoments<1>& into) const {
        const std::int64_t start = place.outer * layout.size.rows * layout.size.channels + place.column;
        for (std::int64_t part = place.first; part < place.last; part += place.step) {
            const std::int64_t at = start + part * layout.stride;
            const std::int64_t count = part + 1 == layout.size.rows ? rows - part * part_rows : part_rows;
            const double mean[1] = {means[at]}, squared[1] = {squares[at]};
            into.merge_with(mean, squared, static_cast<double>(count));
        }
    }
};

/// The lanes of this warp that share a column; the first `lanes` lanes hold the result. All lanes must call it.
template <int width>
__device__ void merge_over_warp(ColumnMoments<width>& own, int lanes) {
    for (int distance = lanes; distance < warp_threads; distance *= 2) {
        double means[width], squares[width];
        const double count = __shfl_xor_sync(full_warp, own.count, distance);
#pragma unroll
        for (int w = 0; w < width; ++w) {
            means[w] = __shfl_xor_sync(full_warp, own.mean[w], distance);
            squares[w] = __shfl_xor_sync(full_warp, own.squares[w], distance);
        }
        own.merge_with(means, squares, count);
    }
}

/// Shared memory of merge_columns: the warps' means and squares, and their counts.
template <class Lines>
std::size_t moments_bytes(const Layout& layout) {
    return layout.team == warp_threads ? 0 : team_bytes(2 * Lines::width, layout) + sizeof(double) * block_warps;
}

/// Where the moments of a part lie among those of all parts, or in the results where the part is the whole.
template <class Put>
__device__ void put_moments(const Layout& layout, const Put& put, double* partial, const Place& place,
                            std::int64_t channel, double mean, double squares) {
    const Groups& size = layout.size;
    if (layout.parts == 1) return put(place.outer * size.channels + channel, mean, squares);
    const std::int64_t at = (place.outer * layout.parts + place.part) * size.channels + channel;
    partial[at] = mean;
    partial[size.outer * layout.parts * size.channels + at] = squares;
}

/// Merges the warps of a block, which the first lanes of each hold, and puts the results.
template <int width, class Put>
__device__ void merge_over_block(const Layout& layout, const ColumnMoments<width>& own, const Place& place,
                                 std::int64_t tile, double* partial, const Put& put) {
    double* const shared = dynamic_shared<double>();
    double* const counts = shared + block_warps * 2 * width * layout.lanes;
    const int thread = static_cast<int>(threadIdx.x);
    double values[2 * width];
#pragma unroll
    for (int w = 0; w < width; ++w) {
        values[w] = own.mean[w];
        values[width + w] = own.squares[w];
    }
    if (thread % warp_threads == 0) counts[thread / warp_threads] = own.count;
    share_warps(values, layout.lanes, shared);
    for (int result = thread; result < width * layout.lanes; result += block_threads) {
        const int w = result % width, lane = result / width;
        ColumnMoments<1> total{};
        for (int warp = 0; warp < block_warps; ++warp) {
            const double* const of_warp = shared + (warp * 2 * width + w) * layout.lanes + lane;
            const double mean[1] = {of_warp[0]}, squares[1] = {of_warp[width * layout.lanes]};
            total.merge_with(mean, squares, counts[warp]);
        }
        const std::int64_t column = tile * layout.lanes + lane;
        if (column < layout.columns)
            put_moments(layout, put, partial, place, column * width + w, total.mean[0], total.squares[0]);
    }
    __syncthreads();  // before the next task's values
}

template <class Lines, class Put>
__global__ void __launch_bounds__(block_threads) merge_columns(Layout layout, Lines lines, double* partial, Put put) {
    constexpr int width = Lines::width;
    for (std::int64_t task = layout.first_task(); task < layout.tasks; task += layout.task_stride()) {
        const Place place = layout.place(task);
        ColumnMoments<width> own{};
        lines.add_column(layout, place, own);
        merge_over_warp(own, layout.lanes);
        if (layout.team == block_threads)
            merge_over_block(layout, own, place, task % layout.tiles, partial, put);
        else if (static_cast<int>(threadIdx.x) % warp_threads < layout.lanes && place.inside)
#pragma unroll
            for (int w = 0; w < width; ++w)
                put_moments(layout, put, partial, place, place.column * width + w, own.mean[w], own.squares[w]);
    }
}

template <class Lines, class Put>
void launch_moments(Queue& queue, const Layout& layout, const Lines& lines, double* partial, const Put& put,
                    const std::source_location& where) {
    launch(merge_columns<Lines, Put>, layout.grid(where), block_threads, moments_bytes<Lines>(layout), stream_of(queue),
           layout, lines, partial, put);
}

/// Calls put(group, mean, sum of squared deviations) on the device for every group = o · channels + c of x.
template <class T, class Put>
void reduce_moments(Queue& queue, const Groups& groups, const T* x, const Put& put,
                    const std::source_location& where = std::source_location::current()) {
    if (groups.count() == 0) return;
    for_access(access_of<T>(groups, aligned_16(x)), [&](auto access) {
        using Lines = TensorLines<T, access>;
        const Layout layout(groups, access, Lines::elements, Cut{});
        if (layout.parts == 1) return launch_moments(queue, layout, Lines{x}, nullptr, put, where);
        const std::int64_t parts = groups.count() * layout.parts;
        const Scratch scratch(queue, 2 * static_cast<std::size_t>(parts) * sizeof(double));
        double* const partial = scratch.as<double>();
        launch_moments(queue, layout, Lines{x}, partial, put, where);
        const std::int64_t part_rows = layout.part_lines * (access == Access::rows ? Lines::elements : 1);
        launch_moments(queue, Layout({groups.outer, layout.parts, groups.channels}, Access::single, 1, Cut{4, 1}),
                       PartLines{partial, partial + parts, groups.rows, part_rows}, nullptr, put, where);
    });
}

}  // namespace protolith::kernels::cuda
