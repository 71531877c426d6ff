#include "convolution/fitted.hpp"

namespace protolith::kernels {
namespace {

/// (outer, [depth,] height, width, channels) inside (padded outer, …).
FittedOperand operand(std::int64_t outer, std::int64_t padded_outer, const Extent& pixels, const Extent& padded_pixels,
                      const Extent& origin, std::int64_t channels, std::int64_t padded_channels) {
    FittedOperand made;
    made.box.rank = 5;
    const std::int64_t extent[5] = {outer, pixels[0], pixels[1], pixels[2], channels};
    const std::int64_t whole[5] = {padded_outer, padded_pixels[0], padded_pixels[1], padded_pixels[2], padded_channels};
    for (int axis = 0; axis < 5; ++axis) {
        made.box.extent[axis] = extent[axis];
        made.box.whole[axis] = whole[axis];
        made.box.origin[axis] = axis > 0 && axis < 4 ? origin[static_cast<std::size_t>(axis - 1)] : 0;
        made.grows = made.grows || extent[axis] != whole[axis];
    }
    return made;
}

std::int64_t rounded_up(std::int64_t value, std::int64_t step) { return (value + step - 1) / step * step; }

}  // namespace

std::int64_t FittedOperand::padded_elements() const {
    std::int64_t count = 1;
    for (int axis = 0; axis < box.rank; ++axis) count *= box.whole[axis];
    return count;
}

FittedConvolution fitted(const ConvolutionGeometry& g, std::int64_t channel_multiple) {
    FittedConvolution result;
    ConvolutionGeometry& inner = result.inner = g;
    inner.in_channels = rounded_up(g.in_channels, channel_multiple);
    inner.out_channels = rounded_up(g.out_channels, channel_multiple);
    Extent origin{0, 0, 0};
    if (g.low != g.high) {
        origin = g.low;
        for (std::size_t d = 0; d < 3; ++d) inner.x[d] = g.low[d] + g.x[d] + g.high[d];
        inner.low = inner.high = {0, 0, 0};
    }
    const std::int64_t C = g.in_channels, K = g.out_channels, inner_C = inner.in_channels, inner_K = inner.out_channels;
    result.x = operand(g.batch, g.batch, g.x, inner.x, origin, C, inner_C);
    result.w = operand(K, inner_K, g.kernel, g.kernel, {0, 0, 0}, C, inner_C);
    result.y = operand(g.batch, g.batch, g.y, g.y, {0, 0, 0}, K, inner_K);
    return result;
}

}  // namespace protolith::kernels
