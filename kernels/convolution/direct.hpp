// The trilinear form summed as it is written by kernels of our own: the double precision, and what cuDNN has no engine
// for.
#pragma once

#include "convolution/convolution.hpp"

namespace protolith::kernels::cuda {

/// Operands as convolve() and its sisters take them; no epilogue.
template <class T>
void direct_convolve(Queue& queue, const ConvolutionGeometry& geometry, const T* x, const accumulator_t<T>* w, T* y);
template <class T>
void direct_convolve_data(Queue& queue, const ConvolutionGeometry& geometry, const T* y, const accumulator_t<T>* w,
                          T* x);
template <class T>
void direct_convolve_weights(Queue& queue, const ConvolutionGeometry& geometry, const T* x, const T* y,
                             accumulator_t<T>* w);

}  // namespace protolith::kernels::cuda
