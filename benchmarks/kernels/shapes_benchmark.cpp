// Bandwidth of the linear maps and gathers on activations of the facies and translation networks, beside that of a copy
// of the same bytes: bytes read and written once, as if nothing stayed in a cache.
#include "dropout/dropout.hpp"
#include "group_sort/group_sort.hpp"
#include "memory/system.hpp"
#include "minibatch_stddev/centre.hpp"
#include "pool/max_pool.hpp"
#include "resize/separable.hpp"
#include "slice/slice.hpp"
#include "softmax/softmax.hpp"
#include "space_to_depth/space_to_depth.hpp"

#include <string>

#include <benchmark/benchmark.h>

namespace protolith::kernels {
namespace {

/// 50 images of 64 × 128 with 16 channels: the largest activation of the facies critic.
constexpr std::int64_t images = 50, height = 64, width = 128, channels = 16;
constexpr std::int64_t elements = images * height * width * channels;

/// Memory of `count` elements with values that are not in order.
template <class T>
class Array {
  public:
    Array(Queue& queue, std::int64_t count) : memory_(queue, static_cast<std::size_t>(count) * sizeof(T)) {
        for (std::int64_t i = 0; i < count; ++i) data()[i] = static_cast<T>(static_cast<float>(i * 2654435761 % 1000));
    }
    T* data() const { return memory_.as<T>(); }

  private:
    Scratch memory_;
};

/// Runs op(queue, x, y) with an input and an output of these numbers of elements.
template <class T, class Op>
void bandwidth(benchmark::State& bench, std::int64_t in, std::int64_t out, Op&& op) {
    Queue queue;
    const Array<T> x(queue, in), y(queue, out);
    for (auto _ : bench) {
        op(queue, x.data(), y.data());
        benchmark::ClobberMemory();
    }
    bench.SetBytesProcessed(bench.iterations() * static_cast<std::int64_t>(sizeof(T)) * (in + out));
}

template <class T, class Op>
void plain(benchmark::State& bench, Op&& op) {
    bandwidth<T>(bench, elements, elements, op);
}

template <class T>
void copying(benchmark::State& bench) {
    plain<T>(bench, [](Queue& q, T* x, T* y) { cpu::copy(q, y, x, elements * sizeof(T)); });
}

template <class T>
void append_channel(benchmark::State& bench) {
    constexpr std::int64_t pixels = elements / channels;
    const Box box{2, {pixels, channels + 1}, {0, 0}, {pixels, channels}};
    bandwidth<T>(bench, elements, elements / channels * (channels + 1),
                 [&](Queue& q, T* x, T* y) { cpu::insert(q, box, sizeof(T), x, y); });
}

template <class T>
void take_channels(benchmark::State& bench) {
    constexpr std::int64_t pixels = elements / channels;
    const Box box{2, {pixels, channels}, {0, 0}, {pixels, channels / 4}};
    bandwidth<T>(bench, elements / 4, elements / 4, [&](Queue& q, T* x, T* y) { cpu::slice(q, box, sizeof(T), x, y); });
}

template <class T>
void zero_pad(benchmark::State& bench) {
    const Box box{4, {images, height + 2, width + 2, channels}, {0, 1, 1, 0}, {images, height, width, channels}};
    bandwidth<T>(bench, elements, images * (height + 2) * (width + 2) * channels,
                 [&](Queue& q, T* x, T* y) { cpu::pad(q, box, sizeof(T), x, y); });
}

/// One rule along height and width.
template <class T>
void separable(benchmark::State& bench, AxisMap rows, AxisMap columns, std::int64_t depth, bool transposed) {
    const SeparableMap map{images, {{AxisRule::nearest, 1, 1}, rows, columns}, depth};
    const std::int64_t in = images * rows.in * columns.in * depth, out = images * rows.out * columns.out * depth;
    bandwidth<T>(bench, transposed ? out : in, transposed ? in : out,
                 [&](Queue& q, T* x, T* y) { cpu::separable_map(q, map, transposed, x, y); });
}

template <class T>
void upsample(benchmark::State& bench, AxisRule rule, std::int64_t depth, bool transposed) {
    separable<T>(bench, {rule, height / 2, height}, {rule, width / 2, width}, depth, transposed);
}
template <class T>
void average_pool(benchmark::State& bench) {
    separable<T>(bench, {AxisRule::average, height, height / 2, 2, 2}, {AxisRule::average, width, width / 2, 2, 2},
                 channels, false);
}
template <class T>
void reflect_pad(benchmark::State& bench, bool transposed) {
    separable<T>(bench, {AxisRule::reflect, height, height + 6, 1, 1, 3},
                 {AxisRule::reflect, width, width + 6, 1, 1, 3}, channels, transposed);
}

template <class T>
void space_to_depth(benchmark::State& bench, BlockOrder order) {
    const BlockGeometry g{images, {1, height, width}, {1, 2, 2}, channels, order};
    plain<T>(bench, [&](Queue& q, T* x, T* y) { cpu::space_to_depth(q, g, sizeof(T), x, y); });
}
template <class T>
void depth_to_space(benchmark::State& bench, BlockOrder order) {
    const BlockGeometry g{images, {1, height, width}, {1, 2, 2}, channels, order};
    plain<T>(bench, [&](Queue& q, T* x, T* y) { cpu::depth_to_space(q, g, sizeof(T), x, y); });
}

template <class T>
void max_pool(benchmark::State& bench, int pass) {
    PoolGeometry g;
    g.images = images;
    g.channels = channels;
    g.in[1] = height, g.in[2] = width, g.out[1] = height / 2, g.out[2] = width / 2;
    g.window[1] = g.window[2] = g.stride[1] = g.stride[2] = 2;
    Queue queue;
    const Array<std::uint8_t> place(queue, elements / 4);
    const Array<T> wide(queue, elements), narrow(queue, elements / 4);
    cpu::max_pool(queue, g, static_cast<const T*>(wide.data()), narrow.data(), place.data());
    const std::uint8_t* at = place.data();
    for (auto _ : bench) {
        if (pass == 0) cpu::max_pool(queue, g, static_cast<const T*>(wide.data()), narrow.data(), place.data());
        if (pass == 1) cpu::pool_gather(queue, g, static_cast<const T*>(wide.data()), at, narrow.data());
        if (pass == 2) cpu::pool_scatter(queue, g, static_cast<const T*>(narrow.data()), at, wide.data());
        benchmark::ClobberMemory();
    }
    bench.SetBytesProcessed(bench.iterations() * elements / 4 * (5 * static_cast<std::int64_t>(sizeof(T)) + 1));
}

template <class T>
void group_sort(benchmark::State& bench, bool gather) {
    Queue places_queue;
    const Array<std::uint8_t> places(places_queue, elements / 2);
    plain<T>(bench, [&](Queue& q, const T* x, T* y) {
        const std::uint8_t* at = places.data();
        if (gather)
            cpu::group_gather(q, elements / 2, 2, x, at, y);
        else
            cpu::group_sort(q, elements / 2, 2, x, y, places.data());
    });
}

template <class T>
void softmax(benchmark::State& bench, std::int64_t depth) {
    plain<T>(bench, [&](Queue& q, const T* x, T* y) { cpu::softmax(q, elements / depth, depth, x, y); });
}
template <class T>
void softmax_derivative(benchmark::State& bench, std::int64_t depth) {
    plain<T>(bench, [&](Queue& q, const T* x, T* y) { cpu::softmax_derivative(q, elements / depth, depth, x, x, y); });
}

template <class T>
void dropout(benchmark::State& bench) {
    plain<T>(bench, [](Queue& q, const T* x, T* y) { cpu::dropout(q, elements, 0.5, {1, 2, 3}, x, y); });
}

template <class T>
void centre_batch(benchmark::State& bench) {
    Queue rows;
    const Array<float> deviation(rows, elements / images);
    plain<T>(bench, [&](Queue& q, const T* x, T* y) {
        cpu::centre_batch(q, 1, images, elements / images, 1e-8, x, y, deviation.data());
    });
}

template <class T>
void register_all(const std::string& type) {
    const auto add = [&](const std::string& name, auto run) {
        benchmark::RegisterBenchmark((name + "/" + type).c_str(), run)->UseRealTime()->Unit(benchmark::kMillisecond);
    };
    using State = benchmark::State;
    constexpr auto pixel_major = BlockOrder::pixel_major, channel_major = BlockOrder::channel_major;
    add("copy", [](State& b) { copying<T>(b); });
    add("concat 16+1 channels", [](State& b) { append_channel<T>(b); });
    add("slice 4 of 16 channels", [](State& b) { take_channels<T>(b); });
    add("zero_pad 1", [](State& b) { zero_pad<T>(b); });
    add("reflect_pad 3", [](State& b) { reflect_pad<T>(b, false); });
    add("reflect_pad 3 adjoint", [](State& b) { reflect_pad<T>(b, true); });
    add("nearest x2 c16", [](State& b) { upsample<T>(b, AxisRule::nearest, 16, false); });
    add("nearest x2 c16 adjoint", [](State& b) { upsample<T>(b, AxisRule::nearest, 16, true); });
    add("bilinear x2 c16", [](State& b) { upsample<T>(b, AxisRule::linear, 16, false); });
    add("bilinear x2 c16 adjoint", [](State& b) { upsample<T>(b, AxisRule::linear, 16, true); });
    add("bilinear x2 c4", [](State& b) { upsample<T>(b, AxisRule::linear, 4, false); });
    add("bilinear x2 c4 adjoint", [](State& b) { upsample<T>(b, AxisRule::linear, 4, true); });
    add("average_pool 2", [](State& b) { average_pool<T>(b); });
    add("space_to_depth", [](State& b) { space_to_depth<T>(b, pixel_major); });
    add("depth_to_space", [](State& b) { depth_to_space<T>(b, pixel_major); });
    add("space_to_depth channel-major", [](State& b) { space_to_depth<T>(b, channel_major); });
    add("depth_to_space channel-major", [](State& b) { depth_to_space<T>(b, channel_major); });
    add("max_pool 2", [](State& b) { max_pool<T>(b, 0); });
    add("max_pool 2 gather", [](State& b) { max_pool<T>(b, 1); });
    add("max_pool 2 scatter", [](State& b) { max_pool<T>(b, 2); });
    add("group_sort 2", [](State& b) { group_sort<T>(b, false); });
    add("group_sort 2 gather", [](State& b) { group_sort<T>(b, true); });
    add("softmax c4", [](State& b) { softmax<T>(b, 4); });
    add("softmax c64", [](State& b) { softmax<T>(b, 64); });
    add("softmax derivative c4", [](State& b) { softmax_derivative<T>(b, 4); });
    add("dropout", [](State& b) { dropout<T>(b); });
    add("centre_batch", [](State& b) { centre_batch<T>(b); });
}

}  // namespace
}  // namespace protolith::kernels

int main(int argc, char** argv) {
    protolith::kernels::register_all<float>("float32");
    protolith::kernels::register_all<protolith::kernels::bfloat16>("bfloat16");
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
