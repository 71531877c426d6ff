// What the threads of a separable map share: the axes' matrices, and for few channels the matrix of the last axis by
// elements instead of places.
#pragma once

#include "queue/types.hpp"
#include "resize/axis_map.hpp"

namespace protolith::kernels::cpu {

/// Up to this many channels a row is mapped element by element with gathers; from there on place by place.
constexpr std::int64_t most_gathered_channels = 7;

/// The last axis by elements: element e of a row is Σ_t weight[t·size + e]·source[index[t·size + e]].
template <class A>
struct ElementTable {
    std::int64_t size = 0;
    int taps = 0;
    std::vector<std::int32_t> index;
    std::vector<A> weight;
};

template <class T>
struct SeparableWork {
    const AxisTable *depth, *height, *width;
    std::int64_t channels;
    const T* x;
    T* y;
    ElementTable<accumulator_t<T>> elements;  // empty from 8 channels on
};

/// Places with fewer taps than the most repeat their last one with weight 0.
template <class A>
ElementTable<A> by_elements(const AxisTable& table, std::int64_t channels) {
    ElementTable<A> made;
    made.size = table.out * channels;
    made.taps = table.most;
    made.index.assign(static_cast<std::size_t>(made.size * made.taps), 0);
    made.weight.assign(static_cast<std::size_t>(made.size * made.taps), A{0});
    for (std::int64_t o = 0; o < table.out; ++o) {
        const std::int32_t first = table.start[o], count = table.start[o + 1] - first;
        for (std::int32_t t = 0; t < made.taps; ++t)
            for (std::int64_t c = 0; c < channels && count > 0; ++c) {
                const auto to = static_cast<std::size_t>(t * made.size + o * channels + c);
                const std::int32_t tap = first + (t < count ? t : count - 1);
                made.index[to] = static_cast<std::int32_t>(table.index[tap] * channels + c);
                if (t < count) made.weight[to] = static_cast<A>(table.weight[tap]);
            }
    }
    return made;
}

}  // namespace protolith::kernels::cpu
