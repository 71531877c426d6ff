// The recorded convolutions: the three partial derivatives of one trilinear form, which differentiate into one another.
// Images are (N, H, W, channels), volumes (N, D, H, W, channels); weights (K, [kd,] kh, kw, C) have the accumulator's
// type.
#pragma once

#include "autograd/var.hpp"
#include "convolution/geometry.hpp"

namespace protolith::autograd {

using kernels::ConvolutionGeometry;
using kernels::ConvolutionWindow;

/// The geometry of a convolution of x with weights w, and of a transposed convolution of y with weights w. Throws
/// InputError with the chain of sizes when they do not fit together.
ConvolutionGeometry geometry_of_convolution(const ConvolutionWindow& window, const Shape& x, const Shape& w);
ConvolutionGeometry geometry_of_transposed(const ConvolutionWindow& window, const Shape& y, const Shape& w);

/// y = convolution(x, w): dT/dy of kernels/convolution/geometry.hpp.
Var convolution(const Var& x, const Var& w, const ConvolutionGeometry& geometry);
/// x = convolution_data(y, w): dT/dx, the transposed convolution.
Var convolution_data(const Var& y, const Var& w, const ConvolutionGeometry& geometry);
/// w = convolution_weights(x, y): dT/dw.
Var convolution_weights(const Var& x, const Var& y, const ConvolutionGeometry& geometry);

/// What a layer does after its convolution: + bias of each channel (empty: none), then values that are not positive
/// times `slope` (1: none, 0: ReLU, else LeakyReLU).
struct ConvolutionEnd {
    Var bias = {};
    double slope = 1;
};

/// leaky(convolution(x, w) + bias) and leaky(convolution_data(y, w) + bias) in one pass: what comes before the bend is
/// never stored, for the bend's sign is that of its result. `bias` has y's (x's) channels and the type of the weights.
Var convolution(const Var& x, const Var& w, const ConvolutionGeometry& geometry, const ConvolutionEnd& end);
Var convolution_data(const Var& y, const Var& w, const ConvolutionGeometry& geometry, const ConvolutionEnd& end);

}  // namespace protolith::autograd
