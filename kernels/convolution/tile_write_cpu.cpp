// Products to images: unmap_output, whose tiles lie side by side, and unmap_input, whose tiles overlap.
#include "convolution/tile_maps.hpp"
#include "convolution/toom_cook.hpp"
#include "queue/parallel.hpp"

// plain loops over vectors of the compiler: targets that differ in special instructions alone would be copies
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "convolution/tile_write_cpu.cpp"
#include <algorithm>
#include <cstring>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

#include "convolution/tile_lanes-inl.hpp"
#include "convolution/tile_pixels-inl.hpp"

/// What a tile of an overlapping sum does at each of its pixels, by its place among its neighbours: add to what earlier
/// tiles left there; finish, for no later tile comes.
template <int edge>
PROTOLITH_INLINE void find_neighbours(const TileGrid& grid, std::int64_t tile, int m, bool* adds, bool* finishes) {
    const std::int64_t v = tile / grid.columns % grid.rows, u = tile % grid.columns;
    for (int a = 0; a < edge; ++a)
        for (int b = 0; b < edge; ++b) {
            adds[a * edge + b] = (a < edge - m && v > 0) || (b < edge - m && u > 0);
            finishes[a * edge + b] = (a < m || v == grid.rows - 1) && (b < m || u == grid.columns - 1);
        }
}

/// One block of sixteen channels (or `count`) of one tile: image tile = M factors M^T, by its place among its
/// neighbours.
template <class M, bool whole, class T>
PROTOLITH_INLINE void write_block(const float* from, std::int64_t plane, const std::int64_t* offsets, const bool* adds,
                                  const bool* finishes, int count, T* image, const float* biases, float slope) {
    constexpr int terms = M::columns * M::columns, pixels_out = M::rows * M::rows;
    Lanes factors[terms], pixels[pixels_out], bias{};
    for (int i = 0; i < terms; ++i) load<whole>(from + i * plane, count, factors[i]);
    if (biases) load<whole>(biases, count, bias);
    times_both<M>(factors, pixels);
    for (int i = 0; i < pixels_out; ++i) {
        if (offsets[i] < 0) continue;
        Lanes value = pixels[i], before;
        if (adds[i]) {
            load<whole>(image + offsets[i], count, before);
            value += before;
        }
        if (finishes[i]) {
            value += bias;
            value = value > 0 ? value : slope * value;
        }
        store<whole>(value, count, image + offsets[i]);
    }
}

/// image tile = M products M^T, added where tiles overlap (each m pixels further), then bias and slope.
template <class M, class T>
void write_tiles(int m, const TileGrid& grid, const TileSide& side, TileRange range, BlockRange part,
                 const float* products, T* image, Epilogue<float> epilogue) {
    constexpr int edge = M::rows;
    const std::int64_t per_phase = (side.channels + lane_count - 1) / lane_count;
    const std::int64_t width = side.phases * side.phases * side.channels, plane = range.count() * width;
    for (std::int64_t tile = range.begin; tile < range.end; ++tile) {
        std::int64_t offsets[edge * edge], known = -1;
        bool adds[edge * edge], finishes[edge * edge];
        find_neighbours<edge>(grid, tile, m, adds, finishes);
        for (std::int64_t block = part.begin; block < part.end; ++block) {
            const std::int64_t phase = block / per_phase, c = block % per_phase * lane_count;
            const int count = static_cast<int>(std::min<std::int64_t>(side.channels - c, lane_count));
            if (phase != known) find_pixels<edge>(grid, side, tile, phase, offsets);
            known = phase;
            const float* from = products + (tile - range.begin) * width + phase * side.channels + c;
            const float* biases = epilogue.bias ? epilogue.bias + c : nullptr;
            if (count == lane_count)
                write_block<M, true>(from, plane, offsets, adds, finishes, count, image + c, biases, epilogue.slope);
            else
                write_block<M, false>(from, plane, offsets, adds, finishes, count, image + c, biases, epilogue.slope);
        }
    }
}

template <class T>
void write_output(TileScheme scheme, const TileGrid& grid, TileRange range, BlockRange part, const float* products,
                  T* image, Epilogue<float> end) {
    const int m = scheme.m;
    switch (m * 10 + scheme.r) {
        case 22:
            return write_tiles<Transposed<Evaluation<3, 2>>>(m, grid, grid.out, range, part, products, image, end);
        case 42:
            return write_tiles<Transposed<Evaluation<5, 4>>>(m, grid, grid.out, range, part, products, image, end);
        case 23:
            return write_tiles<Transposed<Evaluation<4, 2>>>(m, grid, grid.out, range, part, products, image, end);
        case 33:
            return write_tiles<Transposed<Evaluation<5, 3>>>(m, grid, grid.out, range, part, products, image, end);
        case 24:
            return write_tiles<Transposed<Evaluation<5, 2>>>(m, grid, grid.out, range, part, products, image, end);
    }
}

template <class T>
void write_input(TileScheme scheme, const TileGrid& grid, TileRange range, BlockRange part, const float* products,
                 T* image, Epilogue<float> end) {
    const int m = scheme.m;
    switch (scheme.n()) {
        case 3:
            return write_tiles<Transposed<Interpolation<3>>>(m, grid, grid.in, range, part, products, image, end);
        case 4:
            return write_tiles<Transposed<Interpolation<4>>>(m, grid, grid.in, range, part, products, image, end);
        case 5:
            return write_tiles<Transposed<Interpolation<5>>>(m, grid, grid.in, range, part, products, image, end);
    }
}

void write_float(bool input, TileScheme s, const TileGrid& g, TileRange r, BlockRange p, const float* products,
                 float* image, Epilogue<float> end) {
    input ? write_input(s, g, r, p, products, image, end) : write_output(s, g, r, p, products, image, end);
}
void write_bfloat16(bool input, TileScheme s, const TileGrid& g, TileRange r, BlockRange p, const float* products,
                    bfloat16* image, Epilogue<float> end) {
    input ? write_input(s, g, r, p, products, image, end) : write_output(s, g, r, p, products, image, end);
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(write_float);
HWY_EXPORT(write_bfloat16);

namespace {

/// Threads share the channels, for neighbouring tiles add to the same pixels.
template <class T>
void write(Queue& queue, bool input, TileScheme scheme, const TileGrid& grid, TileRange range, const float* products,
           T* image, Epilogue<float> epilogue) {
    const TileSide& side = input ? grid.in : grid.out;
    const std::int64_t blocks = side.phases * side.phases * ((side.channels + 15) / 16);
    parallel_ranges(queue, blocks, 1, [&](std::int64_t begin, std::int64_t end) {
        if constexpr (sizeof(T) == sizeof(float))
            HWY_DYNAMIC_DISPATCH(write_float)(input, scheme, grid, range, {begin, end}, products, image, epilogue);
        else
            HWY_DYNAMIC_DISPATCH(write_bfloat16)(input, scheme, grid, range, {begin, end}, products, image, epilogue);
    });
}

}  // namespace

template <class T>
void unmap_output(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const float* products,
                  T* image, Epilogue<float> epilogue) {
    write(queue, false, scheme, grid, range, products, image, epilogue);
}

template <class T>
void unmap_input(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const float* products,
                 T* image, Epilogue<float> epilogue) {
    write(queue, true, scheme, grid, range, products, image, epilogue);
}

template void unmap_output(Queue&, TileScheme, const TileGrid&, TileRange, const float*, float*, Epilogue<float>);
template void unmap_output(Queue&, TileScheme, const TileGrid&, TileRange, const float*, bfloat16*, Epilogue<float>);
template void unmap_input(Queue&, TileScheme, const TileGrid&, TileRange, const float*, float*, Epilogue<float>);
template void unmap_input(Queue&, TileScheme, const TileGrid&, TileRange, const float*, bfloat16*, Epilogue<float>);

}  // namespace protolith::kernels::cpu
#endif
