#include "convolution/tile_maps.hpp"
#include "convolution/toom_cook.hpp"
#include "queue/parallel.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "convolution/tile_images_cpu.cpp"
#include <algorithm>
#include <cstring>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

#include "convolution/tile_lanes-inl.hpp"

/// Offsets of the edge x edge pixels of one phase of a tile, -1 outside the image.
template <int edge>
PROTOLITH_INLINE void find_pixels(const TileGrid& grid, const TileSide& side, std::int64_t tile, int phase,
                                  std::int64_t* offsets) {
    const std::int64_t n = tile / (grid.rows * grid.columns);
    const std::int64_t top = side.origin_y + tile / grid.columns % grid.rows * side.step + phase / side.phases;
    const std::int64_t left = side.origin_x + tile % grid.columns * side.step + phase % side.phases;
    for (int a = 0; a < edge; ++a)
        for (int b = 0; b < edge; ++b) {
            const std::int64_t y = top + a * side.phases, x = left + b * side.phases;
            const bool inside = y >= 0 && y < side.height && x >= 0 && x < side.width;
            offsets[a * edge + b] = inside ? ((n * side.height + y) * side.width + x) * side.channels : -1;
        }
}

/// operands[i][tile][phase, channel] = (M tile M^T)[i]
template <class M, class T>
void read_tiles(const TileGrid& grid, const TileSide& side, TileRange range, TileRange part, const T* image,
                T* operands) {
    constexpr int edge = M::columns, products = M::rows * M::rows;
    const std::int64_t phases = side.phases * side.phases, width = phases * side.channels;
    const std::int64_t plane = range.count() * width;
    for (std::int64_t tile = part.begin; tile < part.end; ++tile)
        for (int phase = 0; phase < phases; ++phase) {
            std::int64_t offsets[edge * edge];
            find_pixels<edge>(grid, side, tile, phase, offsets);
            T* to = operands + (tile - range.begin) * width + phase * side.channels;
            for (std::int64_t c = 0; c < side.channels; c += lane_count) {
                const int count = static_cast<int>(std::min<std::int64_t>(side.channels - c, lane_count));
                Lanes pixels[edge * edge], mapped[products];
                for (int i = 0; i < edge * edge; ++i)
                    if (offsets[i] >= 0)
                        load(image + offsets[i] + c, count, pixels[i]);
                    else
                        pixels[i] = Lanes{};
                times_both<M>(pixels, mapped);
                for (int i = 0; i < products; ++i) store(mapped[i], count, to + i * plane + c);
            }
        }
}

/// tile = (M products M^T), bias and slope applied.
template <class M, class T>
void write_tiles(const TileGrid& grid, const TileSide& side, TileRange range, TileRange part, const float* products,
                 T* image, Epilogue<float> epilogue) {
    constexpr int edge = M::rows, count_in = M::columns * M::columns;
    const std::int64_t phases = side.phases * side.phases, width = phases * side.channels;
    const std::int64_t plane = range.count() * width;
    for (std::int64_t tile = part.begin; tile < part.end; ++tile)
        for (int phase = 0; phase < phases; ++phase) {
            std::int64_t offsets[edge * edge];
            find_pixels<edge>(grid, side, tile, phase, offsets);
            const float* from = products + (tile - range.begin) * width + phase * side.channels;
            for (std::int64_t c = 0; c < side.channels; c += lane_count) {
                const int count = static_cast<int>(std::min<std::int64_t>(side.channels - c, lane_count));
                Lanes terms[count_in], pixels[edge * edge], bias{};
                for (int i = 0; i < count_in; ++i) load(from + i * plane + c, count, terms[i]);
                if (epilogue.bias) load(epilogue.bias + c, count, bias);
                times_both<M>(terms, pixels);
                for (int i = 0; i < edge * edge; ++i) {
                    const Lanes value = pixels[i] + bias;
                    const Lanes bent = value > 0 ? value : epilogue.slope * value;
                    if (offsets[i] >= 0) store(bent, count, image + offsets[i] + c);
                }
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

template <class T>
void write_output(TileScheme scheme, const TileGrid& grid, TileRange range, TileRange part, const float* products,
                  T* image, Epilogue<float> epilogue) {
    switch (scheme.m * 10 + scheme.r) {
        case 22:
            return write_tiles<Transposed<Evaluation<3, 2>>>(grid, grid.out, range, part, products, image, epilogue);
        case 42:
            return write_tiles<Transposed<Evaluation<5, 4>>>(grid, grid.out, range, part, products, image, epilogue);
        case 23:
            return write_tiles<Transposed<Evaluation<4, 2>>>(grid, grid.out, range, part, products, image, epilogue);
        case 33:
            return write_tiles<Transposed<Evaluation<5, 3>>>(grid, grid.out, range, part, products, image, epilogue);
        case 24:
            return write_tiles<Transposed<Evaluation<5, 2>>>(grid, grid.out, range, part, products, image, epilogue);
    }
}

void read_input_float(TileScheme s, const TileGrid& g, TileRange r, TileRange p, const float* image, float* operands) {
    read_input(s, g, r, p, image, operands);
}
void read_input_bfloat16(TileScheme s, const TileGrid& g, TileRange r, TileRange p, const bfloat16* image,
                         bfloat16* operands) {
    read_input(s, g, r, p, image, operands);
}
void read_output_float(TileScheme s, const TileGrid& g, TileRange r, TileRange p, const float* image, float* operands) {
    read_output(s, g, r, p, image, operands);
}
void read_output_bfloat16(TileScheme s, const TileGrid& g, TileRange r, TileRange p, const bfloat16* image,
                          bfloat16* operands) {
    read_output(s, g, r, p, image, operands);
}
void write_output_float(TileScheme s, const TileGrid& g, TileRange r, TileRange p, const float* products, float* image,
                        Epilogue<float> epilogue) {
    write_output(s, g, r, p, products, image, epilogue);
}
void write_output_bfloat16(TileScheme s, const TileGrid& g, TileRange r, TileRange p, const float* products,
                           bfloat16* image, Epilogue<float> epilogue) {
    write_output(s, g, r, p, products, image, epilogue);
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(read_input_float);
HWY_EXPORT(read_input_bfloat16);
HWY_EXPORT(read_output_float);
HWY_EXPORT(read_output_bfloat16);
HWY_EXPORT(write_output_float);
HWY_EXPORT(write_output_bfloat16);

template <>
void map_input(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const float* image,
               float* operands) {
    parallel_ranges(queue, range.count(), 1, [&](std::int64_t from, std::int64_t to) {
        HWY_DYNAMIC_DISPATCH(read_input_float)
        (scheme, grid, range, {range.begin + from, range.begin + to}, image, operands);
    });
}
template <>
void map_input(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const bfloat16* image,
               bfloat16* operands) {
    parallel_ranges(queue, range.count(), 1, [&](std::int64_t from, std::int64_t to) {
        HWY_DYNAMIC_DISPATCH(read_input_bfloat16)
        (scheme, grid, range, {range.begin + from, range.begin + to}, image, operands);
    });
}
template <>
void map_output(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const float* image,
                float* operands) {
    parallel_ranges(queue, range.count(), 1, [&](std::int64_t from, std::int64_t to) {
        HWY_DYNAMIC_DISPATCH(read_output_float)
        (scheme, grid, range, {range.begin + from, range.begin + to}, image, operands);
    });
}
template <>
void map_output(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const bfloat16* image,
                bfloat16* operands) {
    parallel_ranges(queue, range.count(), 1, [&](std::int64_t from, std::int64_t to) {
        HWY_DYNAMIC_DISPATCH(read_output_bfloat16)
        (scheme, grid, range, {range.begin + from, range.begin + to}, image, operands);
    });
}
template <>
void unmap_output(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const float* products,
                  float* image, Epilogue<float> epilogue) {
    parallel_ranges(queue, range.count(), 1, [&](std::int64_t from, std::int64_t to) {
        HWY_DYNAMIC_DISPATCH(write_output_float)
        (scheme, grid, range, {range.begin + from, range.begin + to}, products, image, epilogue);
    });
}
template <>
void unmap_output(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const float* products,
                  bfloat16* image, Epilogue<float> epilogue) {
    parallel_ranges(queue, range.count(), 1, [&](std::int64_t from, std::int64_t to) {
        HWY_DYNAMIC_DISPATCH(write_output_bfloat16)
        (scheme, grid, range, {range.begin + from, range.begin + to}, products, image, epilogue);
    });
}

}  // namespace protolith::kernels::cpu
#endif
