// The three passes as matrix products over an unrolled image, for every geometry. What is unrolled goes through memory
// in chunks of a few MB.
#pragma once

#include "convolution/convolution.hpp"

namespace protolith::kernels::cpu {

/// T is float or bfloat16.
template <class T>
void unrolled_convolve(Queue& queue, const ConvolutionGeometry& geometry, const T* x, const float* w, WeightsKey key,
                       T* y, Epilogue<float> epilogue);
template <class T>
void unrolled_convolve_data(Queue& queue, const ConvolutionGeometry& geometry, const T* y, const float* w,
                            WeightsKey key, T* x, Epilogue<float> epilogue);
template <class T>
void unrolled_convolve_weights(Queue& queue, const ConvolutionGeometry& geometry, const T* x, const T* y, float* w);

}  // namespace protolith::kernels::cpu
