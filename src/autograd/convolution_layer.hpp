// A convolution with the bias and the LeakyReLU that follow it in the same pass over its result: what is before the
// activation is never stored, since its sign is that of the result.
#pragma once

#include "autograd/convolution.hpp"

namespace protolith::autograd {

/// What follows: + bias for each channel of the result (empty: none), then values that are not positive times `slope`
/// (1: no activation, 0: ReLU).
struct Following {
    Var bias;
    double slope = 1.0;
};

/// convolution(x, w) with what follows; the bias has K channels.
Var convolution(const Var& x, const Var& w, const ConvolutionGeometry& geometry, const Following& following);
/// convolution_data(y, w), the transposed convolution, with what follows; the bias has C channels.
Var convolution_data(const Var& y, const Var& w, const ConvolutionGeometry& geometry, const Following& following);

}  // namespace protolith::autograd
