#include "autograd/spatial.hpp"

#include "base/error.hpp"

namespace protolith::autograd {

int spatial_axes(const Shape& shape, const char* operation) {
    require(shape.rank() == 4 || shape.rank() == 5,
            "{} takes images (N, H, W, C) or volumes (N, D, H, W, C), not a tensor of shape {}", operation,
            shape.text());
    return shape.rank() - 2;
}

std::int64_t spatial_extent(const Shape& shape, int axis) {
    const int own = axis - (5 - shape.rank());  // among this tensor's spatial axes
    return own < 0 ? 1 : shape[1 + own];
}

Shape spatial_shape(const Shape& like, const std::int64_t* extents, std::int64_t channels) {
    if (like.rank() == 4) return {like[0], extents[1], extents[2], channels};
    return {like[0], extents[0], extents[1], extents[2], channels};
}

}  // namespace protolith::autograd
