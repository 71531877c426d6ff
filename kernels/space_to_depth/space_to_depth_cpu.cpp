#include "queue/parallel.hpp"
#include "slice/runs.hpp"
#include "space_to_depth/space_to_depth.hpp"

namespace protolith::kernels::cpu {
namespace {

/// Calls visit(row of blocks, k of its first pixel, offset of that pixel row on the wide side in elements) for the
/// pixel rows of every row of blocks.
template <class Visit>
void over_block_rows(Queue& queue, const BlockGeometry& g, Visit&& visit) {
    const std::int64_t depth = g.size[0] / g.block[0], height = g.size[1] / g.block[1];
    const std::int64_t row = g.size[2] * g.channels;
    const std::int64_t grain = std::max<std::int64_t>(1, 16384 / std::max<std::int64_t>(1, row));
    parallel_ranges(queue, g.images * depth * height, grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = begin; r < end; ++r) {
            const std::int64_t h = r % height, d = r / height % depth, image = r / height / depth;
            for (std::int64_t i = 0; i < g.block[0]; ++i)
                for (std::int64_t j = 0; j < g.block[1]; ++j) {
                    const std::int64_t pixel_row =
                        (image * g.size[0] + d * g.block[0] + i) * g.size[1] + h * g.block[1] + j;
                    visit(r, (i * g.block[1] + j) * g.block[2], pixel_row * row);
                }
        }
    });
}

/// Pixels of a block.
std::int64_t pixels(const BlockGeometry& g) { return g.block[0] * g.block[1] * g.block[2]; }

/// Pixel-major: the pixels of a block that lie in one row are one run on both sides.
template <bool to_depth>
void copy_blocks(Queue& queue, const BlockGeometry& g, std::size_t element, const std::byte* from, std::byte* to) {
    const auto bytes = static_cast<std::int64_t>(element);
    const std::int64_t run = g.block[2] * g.channels * bytes, count = g.size[2] / g.block[2];
    const std::int64_t deep = pixels(g) * g.channels * bytes;  // bytes of a block
    over_block_rows(queue, g, [&](std::int64_t r, std::int64_t k, std::int64_t wide) {
        const std::int64_t at = r * count * deep + k * g.channels * bytes;
        if constexpr (to_depth)
            copy_runs(count, static_cast<std::size_t>(run), from + wide * bytes, run, to + at, deep);
        else
            copy_runs(count, static_cast<std::size_t>(run), from + at, deep, to + wide * bytes, run);
    });
}

/// Channel-major: every channel of a pixel goes to a place of its own, `block` places apart. The two pixels of a row of
/// a block of width 2 are taken together.
template <bool to_depth, class Word>
void spread_channels(Queue& queue, const BlockGeometry& g, const Word* from, Word* to) {
    const std::int64_t block = pixels(g), deep = block * g.channels, count = g.size[2] / g.block[2], C = g.channels;
    over_block_rows(queue, g, [&](std::int64_t r, std::int64_t k, std::int64_t wide) {
        for (std::int64_t w = 0; w < count; ++w) {
            const std::int64_t at = (r * count + w) * deep + k, pixel = wide + w * g.block[2] * C;
            if constexpr (to_depth) {
                for (std::int64_t i = 0; i < g.block[2]; ++i)
                    for (std::int64_t c = 0; c < C; ++c) to[at + i + c * block] = from[pixel + i * C + c];
            } else {
                for (std::int64_t i = 0; i < g.block[2]; ++i)
                    for (std::int64_t c = 0; c < C; ++c) to[pixel + i * C + c] = from[at + i + c * block];
            }
        }
    });
}

/// Channel-major with blocks of 2×2 pixels, a block at a time: four runs and one of groups of four.
template <bool to_depth, class Word>
void spread_channels_2x2(Queue& queue, const BlockGeometry& g, const Word* from, Word* to) {
    const std::int64_t count = g.size[2] / 2, C = g.channels, row = g.size[2] * C;
    over_block_rows(queue, g, [&](std::int64_t r, std::int64_t k, std::int64_t wide) {
        if (k != 0) return;
        for (std::int64_t w = 0; w < count; ++w) {
            const std::int64_t at = (r * count + w) * 4 * C, p0 = wide + w * 2 * C, p1 = p0 + C;
            const std::int64_t p2 = p0 + row, p3 = p1 + row;
            if constexpr (to_depth) {
                for (std::int64_t c = 0; c < C; ++c) {
                    to[at + 4 * c] = from[p0 + c];
                    to[at + 4 * c + 1] = from[p1 + c];
                    to[at + 4 * c + 2] = from[p2 + c];
                    to[at + 4 * c + 3] = from[p3 + c];
                }
            } else {
                for (std::int64_t c = 0; c < C; ++c) {
                    to[p0 + c] = from[at + 4 * c];
                    to[p1 + c] = from[at + 4 * c + 1];
                    to[p2 + c] = from[at + 4 * c + 2];
                    to[p3 + c] = from[at + 4 * c + 3];
                }
            }
        }
    });
}

template <bool to_depth, class Word>
void spread(Queue& queue, const BlockGeometry& g, const void* from, void* to) {
    const auto* source = static_cast<const Word*>(from);
    auto* target = static_cast<Word*>(to);
    if (g.block[0] == 1 && g.block[1] == 2 && g.block[2] == 2)
        spread_channels_2x2<to_depth>(queue, g, source, target);
    else
        spread_channels<to_depth>(queue, g, source, target);
}

template <bool to_depth>
void rearrange(Queue& queue, const BlockGeometry& g, std::size_t element, const void* from, void* to) {
    if (g.order == BlockOrder::pixel_major || g.channels == 1)
        copy_blocks<to_depth>(queue, g, element, static_cast<const std::byte*>(from), static_cast<std::byte*>(to));
    else if (element == 2)
        spread<to_depth, bfloat16>(queue, g, from, to);
    else if (element == 4)
        spread<to_depth, float>(queue, g, from, to);
    else
        spread<to_depth, double>(queue, g, from, to);
}

}  // namespace

void space_to_depth(Queue& queue, const BlockGeometry& geometry, std::size_t element, const void* x, void* y) {
    rearrange<true>(queue, geometry, element, x, y);
}

void depth_to_space(Queue& queue, const BlockGeometry& geometry, std::size_t element, const void* y, void* x) {
    rearrange<false>(queue, geometry, element, y, x);
}

}  // namespace protolith::kernels::cpu
