#include "autograd/space_to_depth.hpp"

#include "autograd/spatial.hpp"
#include "base/error.hpp"

namespace protolith::autograd {
namespace {

using kernels::BlockGeometry;

/// Sizes of the wide side with the blocks of all spatial axes.
BlockGeometry with_blocks(const Shape& shape, std::int64_t block, BlockOrder order, const char* operation) {
    require(block >= 1, "{} needs a block of at least 1, not {}", operation, block);
    BlockGeometry g;
    g.images = shape[0];
    g.order = order;
    for (int a = 3 - spatial_axes(shape, operation); a < 3; ++a) g.block[a] = block;
    return g;
}

}  // namespace

Var space_to_depth(const Var& x, std::int64_t block, BlockOrder order) {
    if (block == 1) return x;
    BlockGeometry g = with_blocks(x.shape(), block, order, "space_to_depth");
    g.channels = x.shape()[-1];
    std::int64_t deep[3], channels = g.channels;
    for (int a = 0; a < 3; ++a) {
        g.size[a] = spatial_extent(x.shape(), a);
        require(g.size[a] % g.block[a] == 0, "shape {} does not fall into blocks of {}", x.shape().text(), block);
        deep[a] = g.size[a] / g.block[a];
        channels *= g.block[a];
    }
    Tensor y(x.queue(), spatial_shape(x.shape(), deep, channels), x.type());
    PROTOLITH_LAUNCH(x.queue(), space_to_depth(x.queue(), g, kernels::size_of(x.type()), x.value().raw(), y.raw()));
    return record(y, {x}, {[block, order](auto&, auto& u) { return depth_to_space(u, block, order); }});
}

Var depth_to_space(const Var& y, std::int64_t block, BlockOrder order) {
    if (block == 1) return y;
    BlockGeometry g = with_blocks(y.shape(), block, order, "depth_to_space");
    const std::int64_t pixels = g.block[0] * g.block[1] * g.block[2];
    require(y.shape()[-1] % pixels == 0, "the channels of shape {} are not a multiple of the {} pixels of a block",
            y.shape().text(), pixels);
    g.channels = y.shape()[-1] / pixels;
    for (int a = 0; a < 3; ++a) g.size[a] = spatial_extent(y.shape(), a) * g.block[a];
    Tensor x(y.queue(), spatial_shape(y.shape(), g.size, g.channels), y.type());
    PROTOLITH_LAUNCH(y.queue(), depth_to_space(y.queue(), g, kernels::size_of(y.type()), y.value().raw(), x.raw()));
    return record(x, {y}, {[block, order](auto&, auto& u) { return space_to_depth(u, block, order); }});
}

}  // namespace protolith::autograd
