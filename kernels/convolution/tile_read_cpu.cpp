// Images to operands: map_input and map_output.
#include "convolution/tile_maps.hpp"
#include "convolution/toom_cook.hpp"
#include "queue/parallel.hpp"

// plain loops over vectors of the compiler: targets that differ in special instructions alone would be copies
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "convolution/tile_read_cpu.cpp"
#include <cstring>
#include <utility>
#include <vector>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

#include "convolution/tile_lanes-inl.hpp"
#include "convolution/tile_pixels-inl.hpp"

/// operands[i][tile][phase, channel] = (M tile M^T)[i] for the tiles of `part`.
template <class M, class T>
void read_tiles(const TileGrid& grid, const TileSide& side, TileRange range, TileRange part, const T* image,
                T* operands) {
    constexpr int edge = M::columns;
    const std::int64_t phases = side.phases * side.phases, width = phases * side.channels, plane = range.rows * width;
    const int rest = static_cast<int>(side.channels % lane_count);
    const std::int64_t whole = side.channels - rest;
    const std::vector<T> zeros(side.channels, T(0.0F));
    for (std::int64_t tile = part.begin; tile < part.end; ++tile) {
        const TilePlace place(grid, tile);
        for (std::int64_t phase = 0; phase < phases; ++phase) {
            const T* pixels[edge * edge];
            find_pixels<edge>(side, place, phase, image, zeros.data(), pixels);
            T* to = operands + (tile - range.begin) * width + phase * side.channels;
            for (std::int64_t c = 0; c < whole; c += lane_count) map_block<M>(pixels, c, to + c, plane);
            if (rest) map_rest<M>(pixels, whole, rest, to + whole, plane);
        }
    }
}

template <class T>
void read_input(TileScheme scheme, const TileGrid& grid, TileRange range, TileRange part, const T* image, T* operands) {
    switch (scheme.n()) {
        case 3:
            return read_tiles<Interpolation<3>>(grid, grid.in, range, part, image, operands);
        case 4:
            return read_tiles<Interpolation<4>>(grid, grid.in, range, part, image, operands);
        case 5:
            return read_tiles<Interpolation<5>>(grid, grid.in, range, part, image, operands);
    }
}

template <class T>
void read_output(TileScheme scheme, const TileGrid& grid, TileRange range, TileRange part, const T* image,
                 T* operands) {
    switch (scheme.m * 10 + scheme.r) {
        case 22:
            return read_tiles<Evaluation<3, 2>>(grid, grid.out, range, part, image, operands);
        case 42:
            return read_tiles<Evaluation<5, 4>>(grid, grid.out, range, part, image, operands);
        case 23:
            return read_tiles<Evaluation<4, 2>>(grid, grid.out, range, part, image, operands);
        case 33:
            return read_tiles<Evaluation<5, 3>>(grid, grid.out, range, part, image, operands);
        case 24:
            return read_tiles<Evaluation<5, 2>>(grid, grid.out, range, part, image, operands);
    }
}

void read_float(bool input, TileScheme s, const TileGrid& g, TileRange r, TileRange p, const float* image,
                float* operands) {
    input ? read_input(s, g, r, p, image, operands) : read_output(s, g, r, p, image, operands);
}
void read_bfloat16(bool input, TileScheme s, const TileGrid& g, TileRange r, TileRange p, const bfloat16* image,
                   bfloat16* operands) {
    input ? read_input(s, g, r, p, image, operands) : read_output(s, g, r, p, image, operands);
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(read_float);
HWY_EXPORT(read_bfloat16);

namespace {

template <class T>
void read(Queue& queue, bool input, TileScheme scheme, const TileGrid& grid, TileRange range, const T* image,
          T* operands) {
    parallel_ranges(queue, range.count(), 1, [&](std::int64_t from, std::int64_t to) {
        const TileRange part{range.begin + from, range.begin + to, range.rows};
        if constexpr (sizeof(T) == sizeof(float))
            HWY_DYNAMIC_DISPATCH(read_float)(input, scheme, grid, range, part, image, operands);
        else
            HWY_DYNAMIC_DISPATCH(read_bfloat16)(input, scheme, grid, range, part, image, operands);
    });
}

}  // namespace

template <class T>
void map_input(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const T* image, T* operands) {
    read(queue, true, scheme, grid, range, image, operands);
}

template <class T>
void map_output(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const T* image, T* operands) {
    read(queue, false, scheme, grid, range, image, operands);
}

template void map_input(Queue&, TileScheme, const TileGrid&, TileRange, const float*, float*);
template void map_input(Queue&, TileScheme, const TileGrid&, TileRange, const bfloat16*, bfloat16*);
template void map_output(Queue&, TileScheme, const TileGrid&, TileRange, const float*, float*);
template void map_output(Queue&, TileScheme, const TileGrid&, TileRange, const bfloat16*, bfloat16*);

}  // namespace protolith::kernels::cpu
#endif
