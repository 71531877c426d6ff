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
#include <utility>
#include <vector>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

#include "convolution/tile_lanes-inl.hpp"
#include "convolution/tile_pixels-inl.hpp"

/// Where a tile's pixels go; for tiles that overlap, by their place among their neighbours, also what earlier tiles
/// left there (or zeros) and whether no later tile comes.
template <int edge, class T>
struct Targets {
    T* pixels[edge * edge];
    const T* before[edge * edge];
    bool last[edge * edge];
};

template <int edge, class T>
PROTOLITH_INLINE void find_neighbours(const TileGrid& grid, const TilePlace& tile, int m, const T* zeros,
                                      Targets<edge, T>& targets) {
    for (int a = 0; a < edge; ++a)
        for (int b = 0; b < edge; ++b) {
            const bool adds = (a < edge - m && tile.row > 0) || (b < edge - m && tile.column > 0);
            targets.before[a * edge + b] = adds ? targets.pixels[a * edge + b] : zeros;
            targets.last[a * edge + b] =
                (a < m || tile.row == grid.rows - 1) && (b < m || tile.column == grid.columns - 1);
        }
}

/// Sixteen channels of one tile: image tile = M factors M^T, added to what is there, then `bias` (null: none) and
/// slope.
template <class M, bool overlap, class T>
[[gnu::noinline]] void write_block(const float* from, std::int64_t plane, const Targets<M::rows, T>& targets,
                                   std::int64_t channel, const float* bias, float slope) {
    Lanes biases{};
    const bool plain = !bias && slope == 1;
    if (bias) load(bias + channel, biases);
    times_both<M>([&](int i, Lanes& v) PROTOLITH_INLINED { load(from + i * plane, v); },
                  [&](int i, Lanes& v) PROTOLITH_INLINED {
                      if constexpr (overlap) {
                          Lanes before;
                          load(targets.before[i] + channel, before);
                          v += before;
                      }
                      if (!plain && (!overlap || targets.last[i])) {
                          v += biases;
                          v = v > 0 ? v : slope * v;
                      }
                      store(v, targets.pixels[i] + channel);
                  });
}

/// The same for the `count` last channels, fewer than sixteen.
template <class M, bool overlap, class T>
void write_rest(const float* from, std::int64_t plane, const Targets<M::rows, T>& targets, std::int64_t channel,
                int count, const float* bias, float slope) {
    constexpr int terms = M::columns * M::columns, pixels_out = M::rows * M::rows;
    PaddedLanes<terms, float> factors;
    PaddedLanes<pixels_out, T> pixels;
    PaddedLanes<1, float> biases;
    Targets<M::rows, T> padded = targets;
    for (int i = 0; i < terms; ++i) factors.fill(i, from + i * plane, count);
    for (int i = 0; i < pixels_out; ++i) {
        if (overlap) pixels.fill(i, targets.before[i] + channel, count);
        padded.before[i] = padded.pixels[i] = pixels.place(i);
    }
    if (bias) biases.fill(0, bias + channel, count);
    write_block<M, overlap>(factors.values, lane_count, padded, 0, bias ? biases.values : nullptr, slope);
    for (int i = 0; i < pixels_out; ++i) pixels.copy(i, targets.pixels[i] + channel, count);
}

/// image tile = M products M^T, added where tiles overlap (each m pixels further), then bias and slope.
template <class M, bool overlap, class T>
void write_tiles(int m, const TileGrid& grid, const TileSide& side, TileRange range, BlockRange part,
                 const float* products, T* image, Epilogue<float> epilogue) {
    constexpr int edge = M::rows;
    const std::int64_t per_phase = (side.channels + lane_count - 1) / lane_count;
    const std::int64_t width = side.phases * side.phases * side.channels, plane = range.rows * width;
    const std::vector<T> zeros(side.channels, T(0.0F));
    std::vector<T> nowhere(side.channels);
    Targets<edge, T> targets;
    for (std::int64_t tile = range.begin; tile < range.end; ++tile) {
        const TilePlace place(grid, tile);
        std::int64_t known = -1;
        for (std::int64_t block = part.begin; block < part.end; ++block) {
            const std::int64_t phase = block / per_phase, c = block % per_phase * lane_count;
            const int count = static_cast<int>(std::min<std::int64_t>(side.channels - c, lane_count));
            if (phase != known) {
                find_pixels<edge>(side, place, phase, image, nowhere.data(), targets.pixels);
                if constexpr (overlap) find_neighbours(grid, place, m, zeros.data(), targets);
            }
            known = phase;
            const float* from = products + (tile - range.begin) * width + phase * side.channels + c;
            if (count == lane_count)
                write_block<M, overlap>(from, plane, targets, c, epilogue.bias, epilogue.slope);
            else
                write_rest<M, overlap>(from, plane, targets, c, count, epilogue.bias, epilogue.slope);
        }
    }
}

template <class T>
void write_output(TileScheme scheme, const TileGrid& grid, TileRange range, BlockRange part, const float* products,
                  T* image, Epilogue<float> end) {
    const int m = scheme.m;
    switch (m * 10 + scheme.r) {
        case 22:
            return write_tiles<Transposed<Evaluation<3, 2>>, false>(m, grid, grid.out, range, part, products, image,
                                                                    end);
        case 42:
            return write_tiles<Transposed<Evaluation<5, 4>>, false>(m, grid, grid.out, range, part, products, image,
                                                                    end);
        case 23:
            return write_tiles<Transposed<Evaluation<4, 2>>, false>(m, grid, grid.out, range, part, products, image,
                                                                    end);
        case 33:
            return write_tiles<Transposed<Evaluation<5, 3>>, false>(m, grid, grid.out, range, part, products, image,
                                                                    end);
        case 24:
            return write_tiles<Transposed<Evaluation<5, 2>>, false>(m, grid, grid.out, range, part, products, image,
                                                                    end);
    }
}

template <class T>
void write_input(TileScheme scheme, const TileGrid& grid, TileRange range, BlockRange part, const float* products,
                 T* image, Epilogue<float> end) {
    const int m = scheme.m;
    switch (scheme.n()) {
        case 3:
            return write_tiles<Transposed<Interpolation<3>>, true>(m, grid, grid.in, range, part, products, image, end);
        case 4:
            return write_tiles<Transposed<Interpolation<4>>, true>(m, grid, grid.in, range, part, products, image, end);
        case 5:
            return write_tiles<Transposed<Interpolation<5>>, true>(m, grid, grid.in, range, part, products, image, end);
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
