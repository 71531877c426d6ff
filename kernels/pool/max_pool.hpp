// Max pooling over 2-D and 3-D windows, channels last, as a gather: the winner of each window is kept as its place in
// the window, and the gather through these places and its adjoint, the scatter, are linear maps.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// Sizes along depth, height, width (an image has 1, window 1, stride 1, pad 0 first). Places of a window that lie in
/// the padding do not take part. A window has at most 256 places and at least one outside the padding.
struct PoolGeometry {
    std::int64_t images = 1;
    std::int64_t in[3] = {1, 1, 1}, out[3] = {1, 1, 1};
    std::int64_t window[3] = {1, 1, 1}, stride[3] = {1, 1, 1}, pad[3] = {0, 0, 0};
    std::int64_t channels = 1;
};

/// y and place (images, out, channels) from x (images, in, channels): the largest value of each window, the first of
/// equal ones (NaN counts as largest), and its place, counted with width fastest.
PROTOLITH_KERNEL(template <class T>
                 void max_pool(Queue& queue, const PoolGeometry& geometry, const T* x, T* y, std::uint8_t* place))
/// y = x at the places of an earlier max_pool.
PROTOLITH_KERNEL(template <class T> void pool_gather(Queue& queue, const PoolGeometry& geometry, const T* x,
                                                     const std::uint8_t* place, T* y))
/// x = the sum of what the windows that chose each element hold in y: the adjoint of pool_gather.
PROTOLITH_KERNEL(template <class T> void pool_scatter(Queue& queue, const PoolGeometry& geometry, const T* y,
                                                      const std::uint8_t* place, T* x))

}  // namespace protolith::kernels
