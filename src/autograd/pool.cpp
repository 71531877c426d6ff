#include "autograd/pool.hpp"

#include "autograd/separable.hpp"
#include "autograd/spatial.hpp"
#include "base/error.hpp"
#include "pool/max_pool.hpp"

namespace protolith::autograd {
namespace {

using kernels::PoolGeometry;
using kernels::Scratch;

std::int64_t pooled(std::int64_t in, const Pooling& p, const Shape& shape) {
    require(p.window >= 1 && p.stride >= 1 && p.pad >= 0 && 2 * p.pad <= p.window,
            "pooling with window {}, stride {} and padding {}", p.window, p.stride, p.pad);
    require(in + 2 * p.pad >= p.window, "a pooling window of {} (padding {}) does not fit shape {}", p.window, p.pad,
            shape.text());
    return (in + 2 * p.pad - p.window) / p.stride + 1;
}

/// Places of the winners, in the queue's memory: one byte for each element of the output.
using Places = std::shared_ptr<Scratch>;

Var scatter(const Var& y, const PoolGeometry& g, const Places& places);

Var gather(const Var& x, const PoolGeometry& g, const Places& places) {
    Tensor y(x.queue(), spatial_shape(x.shape(), g.out, g.channels), x.type());
    with_type(x.type(), [&]<class T>(T) {
        const T* from = x.value().data<T>();
        const auto* at = places->as<const std::uint8_t>();
        PROTOLITH_LAUNCH(x.queue(), pool_gather(x.queue(), g, from, at, y.data<T>()));
    });
    return record(y, {x}, {[g, places](auto&, auto& u) { return scatter(u, g, places); }});
}

Var scatter(const Var& y, const PoolGeometry& g, const Places& places) {
    Tensor x(y.queue(), spatial_shape(y.shape(), g.in, g.channels), y.type());
    with_type(y.type(), [&]<class T>(T) {
        const T* from = y.value().data<T>();
        const auto* at = places->as<const std::uint8_t>();
        PROTOLITH_LAUNCH(y.queue(), pool_scatter(y.queue(), g, from, at, x.data<T>()));
    });
    return record(x, {y}, {[g, places](auto&, auto& u) { return gather(u, g, places); }});
}

}  // namespace

Var average_pool(const Var& x, const Pooling& p) {
    const int axes = spatial_axes(x.shape(), "average_pool");
    std::vector<kernels::AxisMap> maps;
    for (int a = 0; a < axes; ++a) {
        const std::int64_t in = x.shape()[1 + a];
        maps.push_back({kernels::AxisRule::average, in, pooled(in, p, x.shape()), p.window, p.stride, p.pad});
    }
    return separable(x, maps);
}

Var max_pool(const Var& x, const Pooling& p) {
    const int axes = spatial_axes(x.shape(), "max_pool");
    PoolGeometry g;
    g.images = x.shape()[0];
    g.channels = x.shape()[-1];
    for (int a = 3 - axes; a < 3; ++a) {
        g.in[a] = spatial_extent(x.shape(), a);
        g.out[a] = pooled(g.in[a], p, x.shape());
        g.window[a] = p.window, g.stride[a] = p.stride, g.pad[a] = p.pad;
    }
    require(g.window[0] * g.window[1] * g.window[2] <= 256, "a window of {} places; max_pool takes at most 256",
            g.window[0] * g.window[1] * g.window[2]);
    Tensor y(x.queue(), spatial_shape(x.shape(), g.out, g.channels), x.type());
    const auto places = std::make_shared<Scratch>(x.queue(), static_cast<std::size_t>(y.elements()));
    with_type(x.type(), [&]<class T>(T) {
        const T* from = x.value().data<T>();
        auto* at = places->as<std::uint8_t>();
        PROTOLITH_LAUNCH(x.queue(), max_pool(x.queue(), g, from, y.data<T>(), at));
    });
    return record(y, {x}, {[g, places](auto&, auto& u) { return scatter(u, g, places); }});
}

}  // namespace protolith::autograd
