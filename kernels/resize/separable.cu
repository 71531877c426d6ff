// Every thread makes some neighbouring channels of one place of the output: the weighted sum of the places that the
// three axes' matrices name, which stand on the device once made (the host makes them from the same tables as for the
// CPU). Bytes moved: each input element read once from memory where neighbouring outputs share it (they do so in the
// caches), each output written once. Bound by memory; large averages (few outputs of many places) by the caches.
#include "launch/items.cuh"
#include "launch/launch.cuh"
#include "launch/vector.cuh"
#include "memory/system.hpp"
#include "resize/separable.hpp"

#include <map>
#include <utility>

namespace protolith::kernels::cuda {
namespace {

/// AxisTable on the device, with weights in the type of the sums.
template <class A>
struct AxisOnDevice {
    const std::int32_t *start, *index;
    const A* weight;
};

/// Memory of one axis: the weights, then the places.
template <class A>
class AxisMemory {
  public:
    AxisMemory(Queue& queue, const AxisTable& table)
        : taps_(table.index.size()), memory_(queue, taps_ * sizeof(A) + (taps_ + table.start.size()) * 4) {
        const std::vector<A> weights(table.weight.begin(), table.weight.end());
        copy_in(queue, memory_.as<A>(), weights.data(), taps_ * sizeof(A));
        copy_in(queue, index(), table.index.data(), taps_ * sizeof(std::int32_t));
        copy_in(queue, index() + taps_, table.start.data(), table.start.size() * sizeof(std::int32_t));
    }
    AxisOnDevice<A> view() const { return {index() + taps_, index(), memory_.template as<A>()}; }

  private:
    std::int32_t* index() const { return reinterpret_cast<std::int32_t*>(memory_.template as<A>() + taps_); }

    std::size_t taps_;
    Scratch memory_;
};

/// What a queue has brought to the device.
template <class A>
struct AxesOnDevice {
    explicit AxesOnDevice(Queue&) {}
    std::map<std::pair<AxisMap, bool>, AxisMemory<A>> made;
};

template <class A>
AxisOnDevice<A> on_device(Queue& queue, const AxisMap& map, bool transposed) {
    auto& made = queue.state<AxesOnDevice<A>>().made;
    const std::pair key{map, transposed};
    auto it = made.find(key);
    if (it == made.end()) it = made.try_emplace(key, queue, table_of(queue, map, transposed)).first;
    return it->second.view();
}

template <class A, class Index>
struct Resize {
    Divisor<Index> vectors, width, height, depth;  // of the output: vectors of channels, places
    AxisOnDevice<A> axis[3];                       // depth, height, width
    std::int64_t in_depth, in_height, row;         // of the input: places, places, elements of a row
};

/// sums += Σ over the width's places of one row of the input, times the row's weight.
template <int count, class T, class A>
__device__ void add_row(const T* row, const AxisOnDevice<A>& width, std::int32_t w, std::int64_t channels, A weight,
                        A (&sums)[count]) {
    for (std::int32_t t = width.start[w]; t < width.start[w + 1]; ++t) {
        const A by = weight * width.weight[t];
        T values[count];
        read<count>(row + width.index[t] * channels, values);
        for (int v = 0; v < count; ++v) sums[v] += by * static_cast<A>(values[v]);
    }
}

template <int count, class T, class A, class Index>
__global__ void resize(Index items, Resize<A, Index> by, const T* __restrict__ x, T* __restrict__ y) {
    const std::int64_t channels = static_cast<std::int64_t>(by.vectors.value()) * count;
    for (Index item = thread_index<Index>(); item < items; item += thread_count<Index>()) {
        const auto [pixel, vector] = by.vectors(item);
        const auto [row, w] = by.width(pixel);
        const auto [slab, h] = by.height(row);
        const auto [image, d] = by.depth(slab);
        A sums[count] = {};
        for (std::int32_t i = by.axis[0].start[d]; i < by.axis[0].start[d + 1]; ++i)
            for (std::int32_t j = by.axis[1].start[h]; j < by.axis[1].start[h + 1]; ++j) {
                const std::int64_t from =
                    (image * by.in_depth + by.axis[0].index[i]) * by.in_height + by.axis[1].index[j];
                add_row<count>(x + from * by.row + vector * count, by.axis[2], static_cast<std::int32_t>(w), channels,
                               by.axis[0].weight[i] * by.axis[1].weight[j], sums);
            }
        T values[count];
        for (int v = 0; v < count; ++v) values[v] = static_cast<T>(sums[v]);
        write<count>(values, y + static_cast<std::int64_t>(item) * count);
    }
}

}  // namespace

template <class T>
void separable_map(Queue& queue, const SeparableMap& map, bool transposed, const T* x, T* y) {
    using A = accumulator_t<T>;
    std::int64_t in[3], out[3];
    for (int a = 0; a < 3; ++a) {
        in[a] = transposed ? map.axes[a].out : map.axes[a].in;
        out[a] = transposed ? map.axes[a].in : map.axes[a].out;
    }
    const auto run = [&]<int count>() {
        const std::int64_t items = map.images * out[0] * out[1] * out[2] * map.channels / count;
        with_index<T>(items, [&]<class Index>() {
            Resize<A, Index> by{Divisor<Index>(map.channels / count),
                                Divisor<Index>(out[2]),
                                Divisor<Index>(out[1]),
                                Divisor<Index>(out[0]),
                                {},
                                in[0],
                                in[1],
                                in[2] * map.channels};
            for (int a = 0; a < 3; ++a) by.axis[a] = on_device<A>(queue, map.axes[a], transposed);
            launch(resize<count, T, A, Index>, blocks_for(items), block_threads, 0, stream_of(queue),
                   static_cast<Index>(items), by, x, y);
        });
    };
    if (map.channels % widest<T> == 0 && aligned(16, x, y))
        run.template operator()<widest<T>>();
    else
        run.template operator()<1>();
}

template void separable_map(Queue&, const SeparableMap&, bool, const float*, float*);
template void separable_map(Queue&, const SeparableMap&, bool, const bfloat16*, bfloat16*);
template void separable_map(Queue&, const SeparableMap&, bool, const double*, double*);

}  // namespace protolith::kernels::cuda
