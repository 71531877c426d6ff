#include "convolution/tile_maps.hpp"
#include "convolution/toom_cook.hpp"
#include "queue/parallel.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "convolution/tile_weights_cpu.cpp"
#include <algorithm>
#include <cstring>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

#include "convolution/tile_lanes-inl.hpp"

/// Offsets in w of the r x r taps of one phase of filter k, -1 where the kernel is smaller.
template <int r>
PROTOLITH_INLINE void find_taps(const ConvolutionGeometry& g, std::int64_t k, std::int64_t phase,
                                std::int64_t* offsets) {
    const std::int64_t s = g.stride[1], kernel = g.kernel[1];
    for (int a = 0; a < r; ++a)
        for (int b = 0; b < r; ++b) {
            const std::int64_t y = s * a + phase / s, x = s * b + phase % s;
            offsets[a * r + b] = y < kernel && x < kernel ? ((k * kernel + y) * kernel + x) * g.in_channels : -1;
        }
}

template <class M, class T>
void map_filters(const ConvolutionGeometry& g, std::int64_t begin, std::int64_t end, const float* w, T* operands) {
    constexpr int r = M::columns, products = M::rows * M::rows;
    const std::int64_t C = g.in_channels, phases = g.stride[1] * g.stride[2], plane = g.out_channels * phases * C;
    for (std::int64_t k = begin; k < end; ++k)
        for (std::int64_t phase = 0; phase < phases; ++phase) {
            std::int64_t offsets[r * r];
            find_taps<r>(g, k, phase, offsets);
            for (std::int64_t c = 0; c < C; c += lane_count) {
                const int count = static_cast<int>(std::min<std::int64_t>(C - c, lane_count));
                Lanes taps[r * r], mapped[products];
                for (int i = 0; i < r * r; ++i)
                    if (offsets[i] >= 0)
                        load(w + offsets[i] + c, count, taps[i]);
                    else
                        taps[i] = Lanes{};
                times_both<M>(taps, mapped);
                for (int i = 0; i < products; ++i)
                    store(mapped[i], count, operands + i * plane + (k * phases + phase) * C + c);
            }
        }
}

template <class M>
void unmap_filters(const ConvolutionGeometry& g, std::int64_t begin, std::int64_t end, const float* operands,
                   float* w) {
    constexpr int r = M::columns, products = M::rows * M::rows;
    const std::int64_t C = g.in_channels, phases = g.stride[1] * g.stride[2], plane = g.out_channels * phases * C;
    for (std::int64_t k = begin; k < end; ++k)
        for (std::int64_t phase = 0; phase < phases; ++phase) {
            std::int64_t offsets[r * r];
            find_taps<r>(g, k, phase, offsets);
            for (std::int64_t c = 0; c < C; c += lane_count) {
                const int count = static_cast<int>(std::min<std::int64_t>(C - c, lane_count));
                Lanes mapped[products], taps[r * r];
                for (int i = 0; i < products; ++i)
                    load(operands + i * plane + (k * phases + phase) * C + c, count, mapped[i]);
                times_both<Transposed<M>>(mapped, taps);
                for (int i = 0; i < r * r; ++i)
                    if (offsets[i] >= 0) store(taps[i], count, w + offsets[i] + c);
            }
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
