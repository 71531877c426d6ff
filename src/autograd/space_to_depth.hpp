// Recorded space-to-depth and its inverse; each is the other's adjoint.
#pragma once

#include "autograd/var.hpp"
#include "space_to_depth/space_to_depth.hpp"

namespace protolith::autograd {

using kernels::BlockOrder;

/// (N, [D,] H, W, C) to (N, [D/b,] H/b, W/b, bᵈ·C). pixel_major is TensorFlow's order of the channels, channel_major
/// that of PyTorch's PixelUnshuffle. Every spatial extent must be a multiple of the block.
Var space_to_depth(const Var& x, std::int64_t block, BlockOrder order);
/// The inverse; channel_major is PyTorch's PixelShuffle. The channels must be a multiple of bᵈ.
Var depth_to_space(const Var& y, std::int64_t block, BlockOrder order);

}  // namespace protolith::autograd
