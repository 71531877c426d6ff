// Space to depth and back, channels last: blocks of neighbouring pixels become channels of one. The two are inverse and
// each other's adjoint.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// Where channel c of the pixel k of a block (k counts width fastest, then height, then depth) goes among the block's
/// channels, with C channels a pixel and B pixels a block.
enum class BlockOrder : std::uint8_t {
    pixel_major,    // k·C + c: TensorFlow's space_to_depth and depth_to_space
    channel_major,  // c·B + k: PyTorch's PixelUnshuffle and PixelShuffle (Shi et al. 2016, CVPR)
};

/// Sizes of the wide side (N, D, H, W, C); each of D, H, W is a multiple of the block's. An image has D = 1, block 1.
struct BlockGeometry {
    std::int64_t images = 1;
    std::int64_t size[3] = {1, 1, 1}, block[3] = {1, 1, 1};
    std::int64_t channels = 1;
    BlockOrder order = BlockOrder::pixel_major;
};

/// y (N, D/b, H/b, W/b, B·C) from x (N, D, H, W, C). Elements are `element` bytes wide: 2, 4 or 8.
PROTOLITH_KERNEL(void space_to_depth(Queue& queue, const BlockGeometry& geometry, std::size_t element, const void* x,
                                     void* y))
/// x from y.
PROTOLITH_KERNEL(void depth_to_space(Queue& queue, const BlockGeometry& geometry, std::size_t element, const void* y,
                                     void* x))

}  // namespace protolith::kernels
