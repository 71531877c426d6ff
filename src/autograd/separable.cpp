#include "autograd/separable.hpp"

#include "autograd/spatial.hpp"
#include "base/error.hpp"
#include "resize/separable.hpp"

namespace protolith::autograd {
namespace {

using kernels::SeparableMap;

Var applied(const Var& x, const SeparableMap& map, bool adjoint) {
    std::int64_t extents[3];
    for (int a = 0; a < 3; ++a) {
        const std::int64_t from = adjoint ? map.axes[a].out : map.axes[a].in;
        extents[a] = adjoint ? map.axes[a].in : map.axes[a].out;
        require(spatial_extent(x.shape(), a) == from, "a map from {} places was applied to shape {}", from,
                x.shape().text());
    }
    Tensor y(x.queue(), spatial_shape(x.shape(), extents, map.channels), x.type());
    with_type(x.type(), [&]<class T>(T) {
        const T* from = x.value().data<T>();
        PROTOLITH_LAUNCH(x.queue(), separable_map(x.queue(), map, adjoint, from, y.data<T>()));
    });
    return record(y, {x}, {[map, adjoint](auto&, auto& g) { return applied(g, map, !adjoint); }});
}

}  // namespace

Var separable(const Var& x, std::span<const kernels::AxisMap> axes, bool adjoint) {
    const int count = spatial_axes(x.shape(), "a separable map");
    require(static_cast<int>(axes.size()) == count, "{} maps for the {} spatial axes of shape {}", axes.size(), count,
            x.shape().text());
    SeparableMap map;
    map.images = x.shape()[0];
    map.channels = x.shape()[-1];
    for (int a = 0; a < count; ++a) map.axes[3 - count + a] = axes[static_cast<std::size_t>(a)];
    return applied(x, map, adjoint);
}

}  // namespace protolith::autograd
