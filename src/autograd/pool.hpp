// Recorded pooling over the spatial axes of images and volumes, with the same window, stride and padding along each.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// Each output extent is ⌊(in + 2·pad − window)/stride⌋ + 1. The padding is at most half the window.
struct Pooling {
    std::int64_t window = 2, stride = 2, pad = 0;
};

/// Mean of each window; the padding counts as zeros (PyTorch's default).
Var average_pool(const Var& x, const Pooling& pooling = {});
/// Largest value of each window, the first of equal ones; the padding does not take part.
Var max_pool(const Var& x, const Pooling& pooling = {});

}  // namespace protolith::autograd
