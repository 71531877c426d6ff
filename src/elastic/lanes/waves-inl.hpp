// Lines of six values a cell into few cosines and sines and back, half the table for both halves of a line. The two are
// transposes of each other. Compiled once per SIMD target.
#if defined(PROTOLITH_ELASTIC_WAVES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_ELASTIC_WAVES_INL
#undef PROTOLITH_ELASTIC_WAVES_INL
#else
#define PROTOLITH_ELASTIC_WAVES_INL
#endif

#include "elastic/lanes/plan.hpp"
#include "hwy/highway.h"

#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace protolith::elastic::HWY_NAMESPACE {

/// `count` sums over a half line: out[b] = Σ_i table[i, first + b] line[i], count 1 or 2, six values each.
template <std::size_t count, class V, class T>
HWY_INLINE void sum_waves(const V* line, std::ptrdiff_t stride, std::size_t cells, const T* table, std::size_t width,
                          V* out, std::size_t out_stride) {
    V sum[count][6] = {};
    for (std::size_t i = 0; i < cells; ++i, line += stride, table += width)
        for (std::size_t c = 0; c < 6; ++c) {
            const V value = line[c];
            for (std::size_t b = 0; b < count; ++b) sum[b][c] += value * table[b];
        }
    for (std::size_t b = 0; b < count; ++b)
        for (std::size_t c = 0; c < 6; ++c) out[b * out_stride + c] = sum[b][c];
}

/// Σ over the cells of a line of value × wave, for every wave, from a folded line: at cells i and n − 1 − i the sum and
/// the difference of the values there, at the middle of an odd number of cells the value. Cell i lies at line[i
/// stride], six values. Sum b goes to out[b out_stride].
template <class T>
void analyse_folded(const T* line_of_lanes, std::size_t stride, const WaveTable<T>& table, T* out_of_lanes,
                    std::size_t out_stride) {
    using V = typename fft::LanePack<T>::V;
    const V* const line = reinterpret_cast<const V*>(line_of_lanes);
    V* out = reinterpret_cast<V*>(out_of_lanes);
    const std::size_t n = table.cells;
    const auto half = [&](const V* from, std::ptrdiff_t step, std::size_t cells, const T* waves, std::size_t width)
                          HWY_ATTR {
                              std::size_t b = 0;
                              for (; b + 2 <= width; b += 2, out += 2 * out_stride)
                                  sum_waves<2>(from, step, cells, waves + b, width, out, out_stride);
                              if (b < width) {
                                  sum_waves<1>(from, step, cells, waves + b, width, out, out_stride);
                                  out += out_stride;
                              }
                          };
    const auto step = static_cast<std::ptrdiff_t>(stride);
    half(line, step, (n + 1) / 2, table.even.data(), table.highest + 1);
    half(line + (n - 1) * stride, -step, n / 2, table.odd.data(), table.highest);
}

/// The same from a plain line, which is folded in place.
template <class T>
void analyse(T* line_of_lanes, std::size_t stride, const WaveTable<T>& table, T* out_of_lanes, std::size_t out_stride) {
    using V = typename fft::LanePack<T>::V;
    V* const line = reinterpret_cast<V*>(line_of_lanes);
    const std::size_t n = table.cells;
    for (std::size_t i = 0; i < n / 2; ++i) {
        V *const a = line + i * stride, *const b = line + (n - 1 - i) * stride;
        for (std::size_t c = 0; c < 6; ++c) {
            const V left = a[c], right = b[c];
            a[c] = left + right;
            b[c] = left - right;
        }
    }
    analyse_folded(line_of_lanes, stride, table, out_of_lanes, out_stride);
}

/// Line of Σ_b wave_b × coefficient_b: the transpose. Coefficient b lies at waves[b waves_stride].
template <class T>
void synthesise(const T* waves_of_lanes, std::size_t waves_stride, const WaveTable<T>& table, T* line_of_lanes,
                std::size_t stride) {
    using V = typename fft::LanePack<T>::V;
    const V* const waves = reinterpret_cast<const V*>(waves_of_lanes);
    V* const line = reinterpret_cast<V*>(line_of_lanes);
    const std::size_t n = table.cells, evens = table.highest + 1, odds = table.highest;
    for (std::size_t i = 0; i < (n + 1) / 2; ++i) {
        V even[6] = {}, odd[6] = {};
        for (std::size_t b = 0; b < evens; ++b)
            for (std::size_t c = 0; c < 6; ++c) even[c] += waves[b * waves_stride + c] * table.even[i * evens + b];
        if (i >= n / 2) {  // the middle of an odd number of cells: every sine is zero
            for (std::size_t c = 0; c < 6; ++c) line[i * stride + c] = even[c];
            continue;
        }
        for (std::size_t b = 0; b < odds; ++b)
            for (std::size_t c = 0; c < 6; ++c)
                odd[c] += waves[(evens + b) * waves_stride + c] * table.odd[i * odds + b];
        for (std::size_t c = 0; c < 6; ++c) {
            line[i * stride + c] = even[c] + odd[c];
            line[(n - 1 - i) * stride + c] = even[c] - odd[c];
        }
    }
}

/// Weighs the waves of both axes as the filter does.
template <class T>
void weigh(const LanePlan<T>& plan, T* sums) {
    using V = typename fft::LanePack<T>::V;
    V* const wave = reinterpret_cast<V*>(sums);
    for (std::size_t i = 0; i < plan.weights.size(); ++i)
        for (std::size_t c = 0; c < 6; ++c) wave[6 * i + c] *= plan.weights[i];
}

}  // namespace protolith::elastic::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
