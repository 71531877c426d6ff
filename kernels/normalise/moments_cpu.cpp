#include "normalise/moments.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "normalise/moments_cpu.cpp"
#include "normalise/merge.hpp"
#include "normalise/terms.hpp"
#include "pointwise/typed.hpp"
#include "reduce/parts.hpp"
#include "reduce/terms.hpp"

#include <hwy/foreach_target.h>
//
#include "reduce/sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

constexpr auto one = std::make_index_sequence<1>();
constexpr auto none = std::make_index_sequence<0>();

// Moments of every element of a line over some lines.
struct LineMoments {
    double mean[tile], squares[tile];
    double count[tile];
};

// Merges lines [0, lines), at most lines_per_block, into the moments of the first `width` elements.
template <class T>
void merge_block(const T* x, std::int64_t lines, std::int64_t width, std::int64_t stride, LineMoments& into) {
    using A = accumulator_t<T>;
    A sums[2][tile], centre[tile];
    sum_block(formula::Value{}, Operands<T, 1, 0>{{x}, {}}, lines, width, stride, sums);
    for (std::int64_t i = 0; i < width; ++i) centre[i] = sums[0][i] / static_cast<A>(lines);
    sum_block(formula::Deviation{}, Operands<T, 1, 1>{{x}, {centre}}, lines, width, stride, sums, true);
    for (std::int64_t i = 0; i < width; ++i)
        merge(into.mean[i], into.squares[i], into.count[i],
              block_moments(static_cast<double>(centre[i]), static_cast<double>(sums[0][i]),
                            static_cast<double>(sums[1][i]), static_cast<double>(lines)));
}

template <class T>
void merge_lines(const T* x, std::int64_t lines, std::int64_t width, std::int64_t stride, LineMoments& into) {
    for (std::int64_t first = 0; first < lines; first += lines_per_block)
        merge_block(x + first * stride, std::min(lines_per_block, lines - first), width, stride, into);
}

void clear(LineMoments& moments, std::int64_t width) {
    for (auto* values : {moments.mean, moments.squares, moments.count}) std::fill_n(values, width, 0.0);
}

template <class T>
Moments contiguous_moments(const T* x, std::int64_t count) {
    using A = accumulator_t<T>;
    Moments total;
    for (std::int64_t first = 0; first < count; first += short_block) {
        const std::int64_t length = std::min(short_block, count - first);
        double sum = 0, deviations[2] = {0, 0};
        add_contiguous(formula::Value{}, Operands<T, 1, 0>{{x + first}, {}}, length, &sum, one, none);
        const A centre = static_cast<A>(sum / static_cast<double>(length));
        add_contiguous(formula::Deviation{}, Operands<T, 1, 1>{{x + first}, {&centre}}, length, deviations, one, one);
        merge(total.mean, total.squares, total.count,
              block_moments(static_cast<double>(centre), deviations[0], deviations[1], static_cast<double>(length)));
    }
    return total;
}

// Moments of `rows` rows; put(channel, moments) takes each.
template <class T, class Put>
void row_moments(const T* x, std::int64_t rows, std::int64_t channels, Put put) {
    if (channels == 1) return put(std::int64_t{0}, contiguous_moments(x, rows));
    LineMoments lines;
    if (channels <= repeated_width / 2) {
        const std::int64_t repeat = std::max<std::int64_t>(1, std::min(repeated_width / channels, rows));
        const std::int64_t width = repeat * channels, full = rows / repeat;
        clear(lines, width);
        merge_lines(x, full, width, width, lines);
        merge_lines(x + full * width, 1, rows % repeat * channels, width, lines);
        for (std::int64_t i = channels; i < width; ++i)
            merge(lines.mean[i % channels], lines.squares[i % channels], lines.count[i % channels],
                  {lines.mean[i], lines.squares[i], lines.count[i]});
        for (std::int64_t c = 0; c < channels; ++c) put(c, Moments{lines.mean[c], lines.squares[c], lines.count[c]});
        return;
    }
    for (std::int64_t first = 0; first < channels; first += tile) {
        const std::int64_t width = std::min(tile, channels - first);
        clear(lines, width);
        merge_lines(x + first, rows, width, channels, lines);
        for (std::int64_t i = 0; i < width; ++i)
            put(first + i, Moments{lines.mean[i], lines.squares[i], lines.count[i]});
    }
}

void moments_range(DataType type, const Groups& groups, const void* data, std::int64_t first, std::int64_t last,
                   Moments* partial) {
    const Partition partition(groups);
    for_type(type, [&](auto element) {
        const auto* x = static_cast<const decltype(element)*>(data);
        for (std::int64_t task = first; task < last; ++task) {
            const std::int64_t outer = task / partition.parts, row = task % partition.parts * partition.part_rows;
            row_moments(x + (outer * groups.rows + row) * groups.channels,
                        std::min(partition.part_rows, groups.rows - row), groups.channels,
                        [&](std::int64_t c, const Moments& m) { partial[task * groups.channels + c] = m; });
        }
    });
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(moments_range);

template <class T>
void moments(Queue& queue, const Groups& groups, const T* x, accumulator_t<T>* mean, accumulator_t<T>* variance) {
    const Partition partition(groups);
    const Scratch scratch(queue, static_cast<std::size_t>(partition.tasks * groups.channels) * sizeof(Moments));
    auto* const partial = scratch.as<Moments>();
    parallel_ranges(queue, partition.tasks, partition.grain, [&](std::int64_t first, std::int64_t last) {
        HWY_DYNAMIC_DISPATCH(moments_range)(data_type_of<T>(), groups, x, first, last, partial);
    });
    for (std::int64_t o = 0; o < groups.outer; ++o)
        for (std::int64_t c = 0; c < groups.channels; ++c) {
            Moments total;
            for (std::int64_t p = 0; p < partition.parts; ++p)
                merge(total.mean, total.squares, total.count, partial[(o * partition.parts + p) * groups.channels + c]);
            mean[o * groups.channels + c] = static_cast<accumulator_t<T>>(total.mean);
            variance[o * groups.channels + c] = static_cast<accumulator_t<T>>(
                total.squares / static_cast<double>(std::max<std::int64_t>(groups.rows, 1)));
        }
}

template void moments(Queue&, const Groups&, const float*, float*, float*);
template void moments(Queue&, const Groups&, const bfloat16*, float*, float*);
template void moments(Queue&, const Groups&, const double*, double*, double*);

}  // namespace protolith::kernels::cpu
#endif
