#include "convolution/tile_maps.hpp"
#include "convolution/toom_cook.hpp"
#include "queue/parallel.hpp"

// plain loops over vectors of the compiler: targets that differ in special instructions alone would be copies
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "convolution/tile_weights_cpu.cpp"
#include <cstring>
#include <utility>
#include <vector>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

#include "convolution/tile_lanes-inl.hpp"

/// Addresses in w of the r x r taps of one phase of filter k; `outside` where the kernel is smaller.
template <int r, class W>
void find_taps(const ConvolutionGeometry& g, std::int64_t k, std::int64_t phase, W* w, W* outside, W** taps) {
    const std::int64_t s = g.stride[1], kernel = g.kernel[1];
    for (int a = 0; a < r; ++a)
        for (int b = 0; b < r; ++b) {
            const std::int64_t y = s * a + phase / s, x = s * b + phase % s;
            taps[a * r + b] = y < kernel && x < kernel ? w + ((k * kernel + y) * kernel + x) * g.in_channels : outside;
        }
}

/// Filters [begin, end) to their operands.
template <class M, class T>
void map_filters(const ConvolutionGeometry& g, std::int64_t begin, std::int64_t end, const float* w, T* operands) {
    constexpr int r = M::columns;
    const std::int64_t C = g.in_channels, phases = g.stride[1] * g.stride[2], plane = g.out_channels * phases * C;
    const int rest = static_cast<int>(C % lane_count);
    const std::vector<float> zeros(C);
    for (std::int64_t k = begin; k < end; ++k)
        for (std::int64_t phase = 0; phase < phases; ++phase) {
            const float* taps[r * r];
            find_taps<r>(g, k, phase, w, zeros.data(), taps);
            T* to = operands + (k * phases + phase) * C;
            for (std::int64_t c = 0; c < C - rest; c += lane_count) map_block<M>(taps, c, to + c, plane);
            if (rest) map_rest<M>(taps, C - rest, rest, to + C - rest, plane);
        }
}

/// Sixteen channels of one phase of a filter: the taps = M factors M^T.
template <class M>
[[gnu::noinline]] void unmap_block(const float* from, std::int64_t plane, float* const* taps, std::int64_t channel) {
    times_both<M>([&](int i, Lanes& v) PROTOLITH_INLINED { load(from + i * plane, v); },
                  [&](int i, const Lanes& v) PROTOLITH_INLINED { store(v, taps[i] + channel); });
}

/// The same for the `count` last channels, fewer than sixteen.
template <class M>
void unmap_rest(const float* from, std::int64_t plane, float* const* taps, std::int64_t channel, int count) {
    constexpr int in = M::columns * M::columns, out = M::rows * M::rows;
    PaddedLanes<in, float> factors;
    PaddedLanes<out, float> padded;
    float* places[out];
    for (int i = 0; i < in; ++i) factors.fill(i, from + i * plane, count);
    for (int i = 0; i < out; ++i) places[i] = padded.place(i);
    unmap_block<M>(factors.values, lane_count, places, 0);
    for (int i = 0; i < out; ++i) padded.copy(i, taps[i] + channel, count);
}

/// Operands back to filters [begin, end).
template <class M>
void unmap_filters(const ConvolutionGeometry& g, std::int64_t begin, std::int64_t end, const float* operands,
                   float* w) {
    constexpr int r = M::columns;
    const std::int64_t C = g.in_channels, phases = g.stride[1] * g.stride[2], plane = g.out_channels * phases * C;
    const int rest = static_cast<int>(C % lane_count);
    std::vector<float> nowhere(C);
    for (std::int64_t k = begin; k < end; ++k)
        for (std::int64_t phase = 0; phase < phases; ++phase) {
            float* taps[r * r];
            find_taps<r>(g, k, phase, w, nowhere.data(), taps);
            const float* from = operands + (k * phases + phase) * C;
            for (std::int64_t c = 0; c < C - rest; c += lane_count)
                unmap_block<Transposed<M>>(from + c, plane, taps, c);
            if (rest) unmap_rest<Transposed<M>>(from + C - rest, plane, taps, C - rest, rest);
        }
}

template <class T>
void map_filters_of(TileScheme scheme, const ConvolutionGeometry& g, std::int64_t begin, std::int64_t end,
                    const float* w, T* operands) {
    switch (scheme.m * 10 + scheme.r) {
        case 22:
            return map_filters<FilterEvaluation<3, 2>>(g, begin, end, w, operands);
        case 42:
            return map_filters<FilterEvaluation<5, 2>>(g, begin, end, w, operands);
        case 23:
            return map_filters<FilterEvaluation<4, 3>>(g, begin, end, w, operands);
        case 33:
            return map_filters<FilterEvaluation<5, 3>>(g, begin, end, w, operands);
        case 24:
            return map_filters<FilterEvaluation<5, 4>>(g, begin, end, w, operands);
    }
}

void unmap_filters_of(TileScheme scheme, const ConvolutionGeometry& g, std::int64_t begin, std::int64_t end,
                      const float* operands, float* w) {
    switch (scheme.m * 10 + scheme.r) {
        case 22:
            return unmap_filters<FilterEvaluation<3, 2>>(g, begin, end, operands, w);
        case 42:
            return unmap_filters<FilterEvaluation<5, 2>>(g, begin, end, operands, w);
        case 23:
            return unmap_filters<FilterEvaluation<4, 3>>(g, begin, end, operands, w);
        case 33:
            return unmap_filters<FilterEvaluation<5, 3>>(g, begin, end, operands, w);
        case 24:
            return unmap_filters<FilterEvaluation<5, 4>>(g, begin, end, operands, w);
    }
}

void map_filters_float(TileScheme s, const ConvolutionGeometry& g, std::int64_t begin, std::int64_t end, const float* w,
                       float* operands) {
    map_filters_of(s, g, begin, end, w, operands);
}
void map_filters_bfloat16(TileScheme s, const ConvolutionGeometry& g, std::int64_t begin, std::int64_t end,
                          const float* w, bfloat16* operands) {
    map_filters_of(s, g, begin, end, w, operands);
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(map_filters_float);
HWY_EXPORT(map_filters_bfloat16);
HWY_EXPORT(unmap_filters_of);

template <class T>
void map_weights(Queue& queue, TileScheme scheme, const ConvolutionGeometry& g, const float* w, T* operands) {
    parallel_ranges(queue, g.out_channels, 1, [&](std::int64_t begin, std::int64_t end) {
        if constexpr (sizeof(T) == sizeof(float))
            HWY_DYNAMIC_DISPATCH(map_filters_float)(scheme, g, begin, end, w, operands);
        else
            HWY_DYNAMIC_DISPATCH(map_filters_bfloat16)(scheme, g, begin, end, w, operands);
    });
}

template void map_weights(Queue&, TileScheme, const ConvolutionGeometry&, const float*, float*);
template void map_weights(Queue&, TileScheme, const ConvolutionGeometry&, const float*, bfloat16*);

void unmap_weights(Queue& queue, TileScheme scheme, const ConvolutionGeometry& g, const float* operands, float* w) {
    parallel_ranges(queue, g.out_channels, 1, [&](std::int64_t begin, std::int64_t end) {
        HWY_DYNAMIC_DISPATCH(unmap_filters_of)(scheme, g, begin, end, operands, w);
    });
}

}  // namespace protolith::kernels::cpu
#endif
