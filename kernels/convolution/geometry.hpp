// Sizes of a convolution in two or three dimensions: the trilinear form
//   T(x, w, y) = sum over n, p, t, c, k of x[n, p * stride - low + t, c] * w[k, t, c] * y[n, p, k],
// whose three partial derivatives are the convolution, the transposed convolution and the gradient of the weights.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace protolith::kernels {

/// (depth, height, width); two dimensions have depth 1.
using Extent = std::array<std::int64_t, 3>;

constexpr std::int64_t volume(const Extent& e) { return e[0] * e[1] * e[2]; }

/// What a convolution layer fixes, whatever the size of its image.
struct ConvolutionWindow {
    Extent kernel{1, 1, 1}, stride{1, 1, 1};
    Extent low{0, 0, 0}, high{0, 0, 0};  // zeros before and behind the image
    Extent output_padding{0, 0, 0};      // of the transposed convolution: further voxels behind
    int dimensions = 2;

    /// The same in every dimension: 2 or 3 `dimensions`, `padding` zeros on both sides.
    static ConvolutionWindow cube(int dimensions, std::int64_t kernel, std::int64_t stride = 1,
                                  std::int64_t padding = 0, std::int64_t output_padding = 0);
};

struct ConvolutionGeometry {
    std::int64_t batch = 1;
    std::int64_t in_channels = 1;   // C, of x
    std::int64_t out_channels = 1;  // K, of y
    Extent x{1, 1, 1}, y{1, 1, 1};
    Extent kernel{1, 1, 1}, stride{1, 1, 1}, low{0, 0, 0}, high{0, 0, 0};
    int dimensions = 2;

    std::int64_t taps() const { return volume(kernel); }
    /// Elements of x (N, [D,] H, W, C), of w (K, [kd,] kh, kw, C) and of y (N, [D',] H', W', K).
    std::int64_t x_elements() const { return batch * volume(x) * in_channels; }
    std::int64_t w_elements() const { return out_channels * taps() * in_channels; }
    std::int64_t y_elements() const { return batch * volume(y) * out_channels; }
    /// Floating-point operations of each of the three passes, products with padding counted.
    double operations() const {
        return 2.0 * static_cast<double>(batch * volume(y)) * static_cast<double>(w_elements());
    }
    /// One line for messages: "x (8, 64, 64, 3) * w (16, 4, 4, 3), stride 2, padding 1 -> y (8, 32, 32, 16)".
    std::string describe() const;
};

/// A 1x1 kernel, or one as large as the image: x as it stands is its own unrolled form, and each of the three passes is
/// one matrix product.
bool unrolled_already(const ConvolutionGeometry& geometry);

/// From the size of x: y = floor((x + low + high - kernel) / stride) + 1. Throws std::invalid_argument, naming the
/// whole chain, when a size is not positive or the kernel is larger than the padded image.
ConvolutionGeometry convolution_geometry(const ConvolutionWindow& window, std::int64_t batch, const Extent& x,
                                         std::int64_t in_channels, std::int64_t out_channels);

/// From the size of y, the input of a transposed convolution: x = (y - 1) stride - low - high + kernel + output
/// padding. Throws std::invalid_argument as above, and when the output padding is not smaller than the stride.
ConvolutionGeometry transposed_geometry(const ConvolutionWindow& window, std::int64_t batch, const Extent& y,
                                        std::int64_t out_channels, std::int64_t in_channels);

}  // namespace protolith::kernels
