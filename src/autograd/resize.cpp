#include "autograd/resize.hpp"

#include "autograd/separable.hpp"
#include "autograd/spatial.hpp"
#include "base/error.hpp"

#include <algorithm>

namespace protolith::autograd {

Var resize(const Var& x, std::span<const std::int64_t> size, Interpolation rule) {
    const int axes = spatial_axes(x.shape(), "resize");
    require(static_cast<int>(size.size()) == axes, "{} extents for the {} spatial axes of shape {}", size.size(), axes,
            x.shape().text());
    if (std::equal(size.begin(), size.end(), x.shape().begin() + 1)) return x;
    const auto kind = rule == Interpolation::nearest ? kernels::AxisRule::nearest : kernels::AxisRule::linear;
    std::vector<kernels::AxisMap> maps;
    for (int a = 0; a < axes; ++a) {
        const std::int64_t in = x.shape()[1 + a], out = size[static_cast<std::size_t>(a)];
        require(in > 0 && out > 0, "shape {} cannot be resized to {} places along spatial axis {}", x.shape().text(),
                out, a);
        maps.push_back({kind, in, out});
    }
    return separable(x, maps);
}

Var upsample(const Var& x, std::int64_t factor, Interpolation rule) {
    const int axes = spatial_axes(x.shape(), "upsample");
    std::vector<std::int64_t> size;
    for (int a = 0; a < axes; ++a) size.push_back(x.shape()[1 + a] * factor);
    return resize(x, size, rule);
}

}  // namespace protolith::autograd
