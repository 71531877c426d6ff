// The spatial axes of channels-last tensors: height and width of images, depth, height and width of volumes.
#pragma once

#include "tensor/shape.hpp"

namespace protolith::autograd {

/// 2 for images (N, H, W, C), 3 for volumes (N, D, H, W, C). Another rank is an Error that names `operation`.
int spatial_axes(const Shape& shape, const char* operation);

/// Extent of spatial axis `axis` of three; the depth of an image is 1.
std::int64_t spatial_extent(const Shape& shape, int axis);

/// A tensor of `like`'s batch with three spatial extents (the depth of an image left out) and these channels.
Shape spatial_shape(const Shape& like, const std::int64_t* extents, std::int64_t channels);

}  // namespace protolith::autograd
