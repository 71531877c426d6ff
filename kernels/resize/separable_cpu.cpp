// One row of the output at a time: the rows of the input that it takes are summed into a buffer, or taken as it stands
// when there is one, and the last axis is mapped from there.
#include "resize/separable.hpp"
#include "resize/separable_work.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "resize/separable_cpu.cpp"
#include "queue/parallel.hpp"

#include <cstring>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

/// out = Σ_t weights[t]·rows[t], two rows a pass.
template <class T, class A>
void sum_rows(const T* const* rows, const A* weights, std::size_t count, std::int64_t n, A* HWY_RESTRICT out) {
    if (count == 0) {
        for (std::int64_t i = 0; i < n; ++i) out[i] = A{0};
        return;
    }
    for (std::size_t t = 0; t < count; t += 2) {
        const T* a = rows[t];
        const A wa = weights[t];
        if (t + 1 == count) {
            if (t == 0)
                for (std::int64_t i = 0; i < n; ++i) out[i] = wa * static_cast<A>(a[i]);
            else
                for (std::int64_t i = 0; i < n; ++i) out[i] += wa * static_cast<A>(a[i]);
            return;
        }
        const T* b = rows[t + 1];
        const A wb = weights[t + 1];
        if (t == 0)
            for (std::int64_t i = 0; i < n; ++i) out[i] = wa * static_cast<A>(a[i]) + wb * static_cast<A>(b[i]);
        else
            for (std::int64_t i = 0; i < n; ++i) out[i] += wa * static_cast<A>(a[i]) + wb * static_cast<A>(b[i]);
    }
}

template <class S, class A, class T>
void map_elements(const S* HWY_RESTRICT source, const ElementTable<A>& table, A* HWY_RESTRICT sums, T* HWY_RESTRICT y) {
    const std::int64_t n = table.size;
    const std::int32_t* index = table.index.data();
    const A* weight = table.weight.data();
    for (std::int64_t e = 0; e < n; ++e) sums[e] = weight[e] * static_cast<A>(source[index[e]]);
    for (int t = 1; t < table.taps; ++t) {
        index += n;
        weight += n;
        for (std::int64_t e = 0; e < n; ++e) sums[e] += weight[e] * static_cast<A>(source[index[e]]);
    }
    for (std::int64_t e = 0; e < n; ++e) y[e] = static_cast<T>(sums[e]);
}

template <class S, class A, class T>
void map_places(const S* source, const AxisTable& table, std::int64_t channels, T* HWY_RESTRICT y) {
    for (std::int64_t o = 0; o < table.out; ++o, y += channels) {
        const std::int32_t first = table.start[o], count = table.start[o + 1] - first;
        const auto weight = [&](std::int32_t t) { return static_cast<A>(table.weight[first + t]); };
        const auto place = [&](std::int32_t t) { return source + table.index[first + t] * channels; };
        if (count == 0) {
            for (std::int64_t c = 0; c < channels; ++c) y[c] = static_cast<T>(A{0});
        } else if (count == 1) {
            const S* a = place(0);
            const A wa = weight(0);
            for (std::int64_t c = 0; c < channels; ++c) y[c] = static_cast<T>(wa * static_cast<A>(a[c]));
        } else if (count == 2) {
            const S *a = place(0), *b = place(1);
            const A wa = weight(0), wb = weight(1);
            for (std::int64_t c = 0; c < channels; ++c)
                y[c] = static_cast<T>(wa * static_cast<A>(a[c]) + wb * static_cast<A>(b[c]));
        } else {
            constexpr std::int64_t block = 64;  // channels whose sums stay in registers or the first cache
            for (std::int64_t from = 0; from < channels; from += block) {
                const std::int64_t m = channels - from < block ? channels - from : block;
                A sums[block];
                for (std::int64_t c = 0; c < m; ++c) sums[c] = A{0};
                for (std::int32_t t = 0; t < count; ++t) {
                    const S* a = place(t) + from;
                    const A wa = weight(t);
                    for (std::int64_t c = 0; c < m; ++c) sums[c] += wa * static_cast<A>(a[c]);
                }
                for (std::int64_t c = 0; c < m; ++c) y[from + c] = static_cast<T>(sums[c]);
            }
        }
    }
}

/// The last axis only moves places: stretches of consecutive ones are copied as one.
template <class T>
void copy_places(const T* source, const AxisTable& table, std::int64_t channels, T* y) {
    for (std::int64_t o = 0; o < table.out;) {
        std::int64_t count = 1;
        while (o + count < table.out && table.index[o + count] == table.index[o] + count) ++count;
        std::memcpy(y + o * channels, source + table.index[o] * channels,
                    static_cast<std::size_t>(count * channels) * sizeof(T));
        o += count;
    }
}

template <class T>
void map_rows(const SeparableWork<T>& work, std::int64_t begin, std::int64_t end) {
    using A = accumulator_t<T>;
    const AxisTable &depth = *work.depth, &height = *work.height, &width = *work.width;
    const std::int64_t row_in = width.in * work.channels, row_out = width.out * work.channels;
    std::vector<A> buffer(static_cast<std::size_t>(row_in)), sums(static_cast<std::size_t>(work.elements.size));
    std::vector<const T*> rows(static_cast<std::size_t>(depth.most * height.most));
    std::vector<A> weights(rows.size());
    for (std::int64_t r = begin; r < end; ++r) {
        const std::int64_t h = r % height.out, d = r / height.out % depth.out, image = r / height.out / depth.out;
        std::size_t count = 0;
        for (std::int32_t i = depth.start[d]; i < depth.start[d + 1]; ++i)
            for (std::int32_t j = height.start[h]; j < height.start[h + 1]; ++j, ++count) {
                rows[count] = work.x + ((image * depth.in + depth.index[i]) * height.in + height.index[j]) * row_in;
                weights[count] = static_cast<A>(depth.weight[i] * height.weight[j]);
            }
        T* y = work.y + r * row_out;
        const bool gathers = work.elements.size > 0;
        if (count == 1 && weights[0] == A{1}) {
            if (gathers)
                map_elements(rows[0], work.elements, sums.data(), y);
            else if (width.copies)
                copy_places(rows[0], width, work.channels, y);
            else
                map_places<T, A, T>(rows[0], width, work.channels, y);
        } else {
            sum_rows(rows.data(), weights.data(), count, row_in, buffer.data());
            if (gathers)
                map_elements(buffer.data(), work.elements, sums.data(), y);
            else
                map_places<A, A, T>(buffer.data(), width, work.channels, y);
        }
    }
}

void map_rows_f32(const SeparableWork<float>& work, std::int64_t begin, std::int64_t end) {
    map_rows(work, begin, end);
}
void map_rows_bf16(const SeparableWork<bfloat16>& work, std::int64_t begin, std::int64_t end) {
    map_rows(work, begin, end);
}
void map_rows_f64(const SeparableWork<double>& work, std::int64_t begin, std::int64_t end) {
    map_rows(work, begin, end);
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {
namespace {

HWY_EXPORT(map_rows_f32);
HWY_EXPORT(map_rows_bf16);
HWY_EXPORT(map_rows_f64);

void map_rows(const SeparableWork<float>& work, std::int64_t begin, std::int64_t end) {
    HWY_DYNAMIC_DISPATCH(map_rows_f32)(work, begin, end);
}
void map_rows(const SeparableWork<bfloat16>& work, std::int64_t begin, std::int64_t end) {
    HWY_DYNAMIC_DISPATCH(map_rows_bf16)(work, begin, end);
}
void map_rows(const SeparableWork<double>& work, std::int64_t begin, std::int64_t end) {
    HWY_DYNAMIC_DISPATCH(map_rows_f64)(work, begin, end);
}

}  // namespace

template <class T>
void separable_map(Queue& queue, const SeparableMap& map, bool transposed, const T* x, T* y) {
    const AxisTable* tables[3];
    for (int a = 0; a < 3; ++a) tables[a] = &table_of(queue, map.axes[a], transposed);
    SeparableWork<T> work{tables[0], tables[1], tables[2], map.channels, x, y, {}};
    const bool copies = tables[0]->copies && tables[1]->copies && tables[2]->copies;
    const bool long_copies = copies && map.axes[2].rule == AxisRule::reflect && !transposed;
    if (map.channels <= most_gathered_channels && !long_copies)
        work.elements = by_elements<accumulator_t<T>>(*tables[2], map.channels);
    const std::int64_t rows = map.images * tables[0]->out * tables[1]->out;
    const std::int64_t row = std::max<std::int64_t>(1, tables[2]->out * map.channels);
    parallel_ranges(queue, rows, std::max<std::int64_t>(1, 16384 / row),
                    [&](std::int64_t begin, std::int64_t end) { map_rows(work, begin, end); });
}

template void separable_map(Queue&, const SeparableMap&, bool, const float*, float*);
template void separable_map(Queue&, const SeparableMap&, bool, const bfloat16*, bfloat16*);
template void separable_map(Queue&, const SeparableMap&, bool, const double*, double*);

}  // namespace protolith::kernels::cpu
#endif
