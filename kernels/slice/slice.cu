// Boxes as copies of words, the widest (1 to 16 bytes) in which the runs of both arrays and their offsets are whole.
// Bytes moved: slice and insert read and write each byte of the part once, pad reads the part and writes the whole
// array. Bound by memory; neighbouring threads take neighbouring words of the array that is written (slice, pad) or of
// the part (insert).
#include "launch/items.cuh"
#include "launch/launch.cuh"
#include "launch/vector.cuh"
#include "memory/system.hpp"
#include "slice/merged.hpp"

namespace protolith::kernels::cuda {
namespace {

/// An array's index along one axis, and how far its places lie apart in the other array.
template <class Index>
struct Axis {
    Divisor<Index> size;
    std::int64_t stride = 0;
    Index origin = 0, extent = 0;  // of the part, for pad
};

/// Axes of the counted array, the slowest first, in words; `start`: the first word of the other array.
template <class Index>
struct Axes {
    int rank = 0;
    std::int64_t start = 0;
    Axis<Index> axis[Box::max_rank];
};

/// Word of the whole array for word `index` of the part.
template <class Index>
__device__ std::int64_t word_of_whole(const Axes<Index>& axes, Index index) {
    std::int64_t at = axes.start;
    for (int a = axes.rank - 1; a > 0; --a) {
        const auto [outer, place] = axes.axis[a].size(index);
        at += place * axes.axis[a].stride;
        index = outer;
    }
    return at + index * axes.axis[0].stride;
}

template <class Word, class Index>
__global__ void slice_words(Index words, Axes<Index> axes, const Word* __restrict__ whole, Word* __restrict__ part) {
    for (Index i = thread_index<Index>(); i < words; i += thread_count<Index>())
        part[i] = whole[word_of_whole(axes, i)];
}

template <class Word, class Index>
__global__ void insert_words(Index words, Axes<Index> axes, const Word* __restrict__ part, Word* __restrict__ whole) {
    for (Index i = thread_index<Index>(); i < words; i += thread_count<Index>())
        whole[word_of_whole(axes, i)] = part[i];
}

template <class Word, class Index>
__global__ void pad_words(Index words, Axes<Index> axes, const Word* __restrict__ part, Word* __restrict__ whole) {
    for (Index i = thread_index<Index>(); i < words; i += thread_count<Index>()) {
        std::int64_t at = 0;
        Index rest = i;
        bool inside = true;
        for (int a = axes.rank - 1; a >= 0; --a) {
            const auto [outer, place] = axes.axis[a].size(rest);
            const Index within = place - axes.axis[a].origin;  // wraps to a large number before the part
            inside = inside && within < axes.axis[a].extent;
            at += within * axes.axis[a].stride;
            rest = outer;
        }
        whole[i] = inside ? part[at] : Word{};
    }
}

/// The sizes of the part as those that are counted, with the strides of the whole array.
template <class Index>
Axes<Index> axes_of_part(const Box& m, std::int64_t word) {
    Axes<Index> axes;
    axes.rank = m.rank;
    std::int64_t stride = 1;
    for (int a = m.rank - 1; a >= 0; --a) {
        const std::int64_t unit = a == m.rank - 1 ? word : 1;
        axes.axis[a] = {Divisor<Index>(m.extent[a] / unit), stride};
        axes.start += m.origin[a] / unit * stride;
        stride *= m.whole[a] / unit;
    }
    return axes;
}

/// The sizes of the whole array, with the strides of the part.
template <class Index>
Axes<Index> axes_of_whole(const Box& m, std::int64_t word) {
    Axes<Index> axes;
    axes.rank = m.rank;
    std::int64_t stride = 1;
    for (int a = m.rank - 1; a >= 0; --a) {
        const std::int64_t unit = a == m.rank - 1 ? word : 1;
        axes.axis[a] = {Divisor<Index>(m.whole[a] / unit), stride, static_cast<Index>(m.origin[a] / unit),
                        static_cast<Index>(m.extent[a] / unit)};
        stride *= m.extent[a] / unit;
    }
    return axes;
}

/// Calls call.operator()<Word, Index>(words, bytes of a word) for the array of `sizes` (those of m's whole or part).
template <class Call>
void over_words(const Box& m, const std::int64_t* sizes, const void* whole, const void* part, Call&& call) {
    const int last = m.rank - 1;
    const std::int64_t word = widest_word(whole, part, m.whole[last], m.origin[last], m.extent[last]);
    const std::int64_t words = product(sizes, m.rank) / word;
    if (words == 0) return;
    with_word(word, [&]<class Word>() {
        with_index<Word>(words, [&]<class Index>() { call.template operator()<Word, Index>(words, word); });
    });
}

}  // namespace

void slice(Queue& queue, const Box& box, std::size_t element, const void* whole, void* part) {
    const Box m = merged(box, element);
    over_words(m, m.extent, whole, part, [&]<class Word, class Index>(std::int64_t words, std::int64_t word) {
        launch(slice_words<Word, Index>, blocks_for(words), block_threads, 0, stream_of(queue),
               static_cast<Index>(words), axes_of_part<Index>(m, word), static_cast<const Word*>(whole),
               static_cast<Word*>(part));
    });
}

void insert(Queue& queue, const Box& box, std::size_t element, const void* part, void* whole) {
    const Box m = merged(box, element);
    over_words(m, m.extent, whole, part, [&]<class Word, class Index>(std::int64_t words, std::int64_t word) {
        launch(insert_words<Word, Index>, blocks_for(words), block_threads, 0, stream_of(queue),
               static_cast<Index>(words), axes_of_part<Index>(m, word), static_cast<const Word*>(part),
               static_cast<Word*>(whole));
    });
}

void pad(Queue& queue, const Box& box, std::size_t element, const void* part, void* whole) {
    const Box m = merged(box, element);
    if (product(m.extent, m.rank) == 0)  // a part without elements has no address
        return fill_zero(queue, whole, static_cast<std::size_t>(product(m.whole, m.rank)));
    over_words(m, m.whole, whole, part, [&]<class Word, class Index>(std::int64_t words, std::int64_t word) {
        launch(pad_words<Word, Index>, blocks_for(words), block_threads, 0, stream_of(queue), static_cast<Index>(words),
               axes_of_whole<Index>(m, word), static_cast<const Word*>(part), static_cast<Word*>(whole));
    });
}

}  // namespace protolith::kernels::cuda
