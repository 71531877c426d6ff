#include "convolution/geometry.hpp"

#include <stdexcept>

namespace protolith::kernels {
namespace {

/// "4" when all dimensions agree, else "4 x 3 x 3".
std::string sizes(const Extent& e, int dimensions) {
    const std::size_t first = dimensions == 3 ? 0 : 1;
    bool same = true;
    std::string all;
    for (std::size_t d = first; d < 3; ++d) {
        same = same && e[d] == e[2];
        if (d > first) all += " x ";
        all += std::to_string(e[d]);
    }
    return same ? std::to_string(e[2]) : all;
}

/// "(8, 64, 64, 3)"
std::string shape(std::int64_t lead, const Extent& e, std::int64_t channels, int dimensions) {
    std::string text = "(";
    text += std::to_string(lead);
    for (std::size_t d = dimensions == 3 ? 0 : 1; d < 3; ++d) text.append(", ").append(std::to_string(e[d]));
    return text.append(", ").append(std::to_string(channels)).append(")");
}

[[noreturn]] void refuse(const ConvolutionGeometry& g, const std::string& reason) {
    throw std::invalid_argument("convolution " + g.describe() + ": " + reason);
}

ConvolutionGeometry start(const ConvolutionWindow& window, std::int64_t batch, std::int64_t in_channels,
                          std::int64_t out_channels) {
    ConvolutionGeometry g;
    g.batch = batch;
    g.in_channels = in_channels;
    g.out_channels = out_channels;
    g.kernel = window.kernel;
    g.stride = window.stride;
    g.low = window.low;
    g.high = window.high;
    g.dimensions = window.dimensions;
    return g;
}

void check(const ConvolutionGeometry& g) {
    if (g.batch < 1 || g.in_channels < 1 || g.out_channels < 1) refuse(g, "batch and channels must be at least 1");
    for (std::size_t d = 0; d < 3; ++d) {
        if (g.kernel[d] < 1 || g.stride[d] < 1) refuse(g, "kernel and stride must be at least 1");
        if (g.low[d] < 0 || g.high[d] < 0) refuse(g, "padding must not be negative");
        if (g.x[d] < 1 || g.y[d] < 1)
            refuse(g, "a size is less than 1: the image is too small for this kernel, stride and padding");
    }
}

}  // namespace

ConvolutionWindow ConvolutionWindow::cube(int dimensions, std::int64_t kernel, std::int64_t stride,
                                          std::int64_t padding, std::int64_t output_padding) {
    ConvolutionWindow window;
    window.dimensions = dimensions;
    for (std::size_t d = dimensions == 3 ? 0 : 1; d < 3; ++d) {
        window.kernel[d] = kernel;
        window.stride[d] = stride;
        window.low[d] = window.high[d] = padding;
        window.output_padding[d] = output_padding;
    }
    return window;
}

std::string ConvolutionGeometry::describe() const {
    const std::string padding = low == high
                                    ? sizes(low, dimensions)
                                    : sizes(low, dimensions) + " before and " + sizes(high, dimensions) + " behind";
    return "x " + shape(batch, x, in_channels, dimensions) + " * w " +
           shape(out_channels, kernel, in_channels, dimensions) + ", stride " + sizes(stride, dimensions) +
           ", padding " + padding + " -> y " + shape(batch, y, out_channels, dimensions);
}

bool unrolled_already(const ConvolutionGeometry& g) {
    constexpr Extent one{1, 1, 1}, none{0, 0, 0};
    if (g.low != none || g.high != none) return false;
    return (g.kernel == one && g.stride == one) || (g.y == one && g.x == g.kernel);
}

ConvolutionGeometry convolution_geometry(const ConvolutionWindow& window, std::int64_t batch, const Extent& x,
                                         std::int64_t in_channels, std::int64_t out_channels) {
    ConvolutionGeometry g = start(window, batch, in_channels, out_channels);
    g.x = x;
    for (std::size_t d = 0; d < 3; ++d) {
        const std::int64_t room = x[d] + g.low[d] + g.high[d] - g.kernel[d];
        g.y[d] = room < 0 || g.stride[d] < 1 ? 0 : room / g.stride[d] + 1;
    }
    check(g);
    return g;
}

ConvolutionGeometry transposed_geometry(const ConvolutionWindow& window, std::int64_t batch, const Extent& y,
                                        std::int64_t out_channels, std::int64_t in_channels) {
    ConvolutionGeometry g = start(window, batch, in_channels, out_channels);
    g.y = y;
    for (std::size_t d = 0; d < 3; ++d)
        g.x[d] = (y[d] - 1) * g.stride[d] - g.low[d] - g.high[d] + g.kernel[d] + window.output_padding[d];
    check(g);
    for (std::size_t d = 0; d < 3; ++d)
        if (window.output_padding[d] < 0 || window.output_padding[d] >= g.stride[d])
            refuse(g,
                   "output padding " + sizes(window.output_padding, g.dimensions) + " must be smaller than the stride");
    return g;
}

}  // namespace protolith::kernels
