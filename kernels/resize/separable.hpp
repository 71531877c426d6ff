// Separable linear maps over the spatial axes of channels-last arrays, and their adjoints: resizing (nearest, bilinear,
// trilinear), average pooling and reflecting pads. A nearest map of an axis to its own length leaves it alone.
#pragma once

#include "queue/kernel.hpp"
#include "resize/axis_map.hpp"

namespace protolith::kernels {

/// Three spatial axes, the slowest first; an image has one of length 1 first.
struct SeparableMap {
    std::int64_t images = 1;
    AxisMap axes[3];
    std::int64_t channels = 1;
};

/// y (images, axes[·].out, channels) from x (images, axes[·].in, channels); transposed: x has the sizes `out`, y those
/// named `in`, and y is the adjoint's value. Sums are made in accumulator_t<T>.
PROTOLITH_KERNEL(template <class T>
                 void separable_map(Queue& queue, const SeparableMap& map, bool transposed, const T* x, T* y))

}  // namespace protolith::kernels
