// Pixel-major: the pixels of a block that lie in one row are one run on both sides; neighbouring threads write
// neighbouring words. Channel-major: a thread takes all pixels of a block for one channel, so that neighbouring threads
// meet neighbouring channels on the wide side, and each has neighbouring places of its own on the deep side: one or two
// accesses for blocks of 2×2 and 2×2×2.
// Bytes moved: each element is read once and written once. Bound by memory.
#include "launch/items.cuh"
#include "launch/launch.cuh"
#include "launch/vector.cuh"
#include "space_to_depth/space_to_depth.hpp"

namespace protolith::kernels::cuda {
namespace {

/// Where a word of a run stands. Wide side: (slab, i, h, j, w, item); deep side: (slab, h, w, i, j, item), with slab =
/// image · slabs of blocks + slab, i and j the pixel row of a block, h and w the block in the slab.
template <class Index>
struct Runs {
    Divisor<Index> items, i, h, j, w;
};

/// Word of the wide side for word `index` of the deep side.
template <class Index>
__device__ std::int64_t wide_of_deep(const Runs<Index>& runs, Index index) {
    const auto [row_j, item] = runs.items(index);
    const auto [row_i, j] = runs.j(row_j);
    const auto [block, i] = runs.i(row_i);
    const auto [row, w] = runs.w(block);
    const auto [slab, h] = runs.h(row);
    const std::int64_t pixel_row = (static_cast<std::int64_t>(slab) * runs.i.value() + i) * runs.h.value() + h;
    return ((pixel_row * runs.j.value() + j) * runs.w.value() + w) * runs.items.value() + item;
}

/// Word of the deep side for word `index` of the wide side.
template <class Index>
__device__ std::int64_t deep_of_wide(const Runs<Index>& runs, Index index) {
    const auto [row_w, item] = runs.items(index);
    const auto [row_j, w] = runs.w(row_w);
    const auto [row_h, j] = runs.j(row_j);
    const auto [row_i, h] = runs.h(row_h);
    const auto [slab, i] = runs.i(row_i);
    const std::int64_t block = (static_cast<std::int64_t>(slab) * runs.h.value() + h) * runs.w.value() + w;
    return ((block * runs.i.value() + i) * runs.j.value() + j) * runs.items.value() + item;
}

template <bool to_depth, class Word, class Index>
__global__ void move_runs(Index words, Runs<Index> runs, const Word* __restrict__ from, Word* __restrict__ to) {
    for (Index at = thread_index<Index>(); at < words; at += thread_count<Index>())
        to[at] = from[to_depth ? wide_of_deep(runs, at) : deep_of_wide(runs, at)];
}

/// Sizes for a thread that takes one channel of one block.
template <class Index>
struct Spread {
    Divisor<Index> channels, width, height;  // width and height in blocks
    std::int32_t block[3] = {};
    std::int64_t row = 0, slab = 0;  // elements of the wide side between its rows and slabs of pixels
};

/// `depth` > 0: the block is depth×2×2, its places on the deep side one aligned vector; 0: any block, singly.
template <bool to_depth, int depth, class T, class Index>
__global__ void spread_channels(Index items, Spread<Index> by, const T* __restrict__ from, T* __restrict__ to) {
    constexpr int fixed = depth > 0 ? 4 * depth : 1;
    const int size_i = depth > 0 ? depth : by.block[0], size_j = depth > 0 ? 2 : by.block[1];
    const int size_k = depth > 0 ? 2 : by.block[2];
    const std::int64_t channels = by.channels.value();
    for (Index item = thread_index<Index>(); item < items; item += thread_count<Index>()) {
        const auto [block, channel] = by.channels(item);
        const auto [row, w] = by.width(block);
        const auto [slab, h] = by.height(row);
        const std::int64_t wide = static_cast<std::int64_t>(slab) * size_i * by.slab +
                                  static_cast<std::int64_t>(h) * size_j * by.row +
                                  static_cast<std::int64_t>(w) * size_k * channels + channel;
        const std::int64_t deep = static_cast<std::int64_t>(item) * size_i * size_j * size_k;
        T values[fixed];
        if (depth > 0 && !to_depth) read<fixed>(from + deep, values);
        for (int i = 0; i < size_i; ++i)
            for (int j = 0; j < size_j; ++j)
                for (int k = 0; k < size_k; ++k) {
                    const std::int64_t pixel = wide + i * by.slab + j * by.row + k * channels;
                    const int place = (i * size_j + j) * size_k + k;
                    if (depth > 0 && to_depth)
                        values[place] = from[pixel];
                    else if (depth > 0)
                        to[pixel] = values[place];
                    else if (to_depth)
                        to[deep + place] = from[pixel];
                    else
                        to[pixel] = from[deep + place];
                }
        if (depth > 0 && to_depth) write<fixed>(values, to + deep);
    }
}

std::int64_t elements_of(const BlockGeometry& g) { return g.images * g.size[0] * g.size[1] * g.size[2] * g.channels; }

template <bool to_depth>
void move_pixels(Queue& queue, const BlockGeometry& g, std::size_t element, const void* from, void* to) {
    const std::int64_t run = g.block[2] * g.channels * static_cast<std::int64_t>(element);
    const std::int64_t word = widest_word(from, to, run);
    const std::int64_t words = elements_of(g) * static_cast<std::int64_t>(element) / word;
    with_word(word, [&]<class Word>() {
        with_index<Word>(words, [&]<class Index>() {
            const Runs<Index> runs{Divisor<Index>(run / word), Divisor<Index>(g.block[0]),
                                   Divisor<Index>(g.size[1] / g.block[1]), Divisor<Index>(g.block[1]),
                                   Divisor<Index>(g.size[2] / g.block[2])};
            launch(move_runs<to_depth, Word, Index>, blocks_for(words), block_threads, 0, stream_of(queue),
                   static_cast<Index>(words), runs, static_cast<const Word*>(from), static_cast<Word*>(to));
        });
    });
}

template <bool to_depth, class T>
void move_channels(Queue& queue, const BlockGeometry& g, const void* from, void* to) {
    const std::int64_t block = g.block[0] * g.block[1] * g.block[2], items = elements_of(g) / block;
    const bool even = g.block[1] == 2 && g.block[2] == 2 && g.block[0] <= 2 && aligned(16, to_depth ? to : from);
    with_index<T>(items, [&]<class Index>() {
        Spread<Index> by{Divisor<Index>(g.channels), Divisor<Index>(g.size[2] / g.block[2]),
                         Divisor<Index>(g.size[1] / g.block[1])};
        for (int a = 0; a < 3; ++a) by.block[a] = static_cast<std::int32_t>(g.block[a]);
        by.row = g.size[2] * g.channels;
        by.slab = g.size[1] * by.row;
        const auto spread = [&]<int depth>() {
            launch(spread_channels<to_depth, depth, T, Index>, blocks_for(items), block_threads, 0, stream_of(queue),
                   static_cast<Index>(items), by, static_cast<const T*>(from), static_cast<T*>(to));
        };
        if (!even)
            spread.template operator()<0>();
        else if (g.block[0] == 1)
            spread.template operator()<1>();
        else
            spread.template operator()<2>();
    });
}

template <bool to_depth>
void rearrange(Queue& queue, const BlockGeometry& g, std::size_t element, const void* from, void* to) {
    if (elements_of(g) == 0) return;
    if (g.order == BlockOrder::pixel_major || g.channels == 1)
        move_pixels<to_depth>(queue, g, element, from, to);
    else if (element == 2)
        move_channels<to_depth, std::uint16_t>(queue, g, from, to);
    else if (element == 4)
        move_channels<to_depth, std::uint32_t>(queue, g, from, to);
    else
        move_channels<to_depth, double>(queue, g, from, to);
}

}  // namespace

void space_to_depth(Queue& queue, const BlockGeometry& geometry, std::size_t element, const void* x, void* y) {
    rearrange<true>(queue, geometry, element, x, y);
}

void depth_to_space(Queue& queue, const BlockGeometry& geometry, std::size_t element, const void* y, void* x) {
    rearrange<false>(queue, geometry, element, y, x);
}

}  // namespace protolith::kernels::cuda
