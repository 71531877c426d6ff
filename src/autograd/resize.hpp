// Recorded resizing of images and volumes.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// nearest: place o takes ⌊o·in/out⌋. linear: bilinear, trilinear in 3-D, with half-pixel centres and without blur, as
/// PyTorch's interpolate(align_corners=False) and TensorFlow's tf.image.resize have it.
enum class Interpolation { nearest, linear };

/// x with these spatial extents, the slowest first; x itself where it has them.
Var resize(const Var& x, std::span<const std::int64_t> size, Interpolation rule);
/// Every spatial axis `factor` times as long.
Var upsample(const Var& x, std::int64_t factor, Interpolation rule);

}  // namespace protolith::autograd
