// The three partial derivatives of the trilinear form T(x, w, y) of geometry.hpp. They differentiate into one another:
// y = convolve(x, w), x = convolve_data(y, w) (the transposed convolution), w = convolve_weights(x, y), with
//   <y, convolve(x, w)> = <x, convolve_data(y, w)> = <w, convolve_weights(x, y)>.
// T is float, bfloat16 or double; weights are always accumulator_t<T>, (K, [kd,] kh, kw, C).
#pragma once

#include "convolution/geometry.hpp"
#include "queue/kernel.hpp"

namespace protolith::kernels {

/// Names a set of weights, so that what is prepared from it is made once per version. Id 0: nothing is kept.
struct WeightsKey {
    std::uint64_t id = 0, version = 0;
};

/// What follows a convolution while its result is at hand: + bias of the channel (null: none), then values that are not
/// positive times `slope` (1: none, 0: ReLU, else LeakyReLU).
template <class A>
struct Epilogue {
    const A* bias = nullptr;
    A slope = 1;
};

/// LeakyReLU; the sign of the result is that of the argument for any positive slope.
template <class A>
PROTOLITH_HOST_DEVICE A leaky(A value, A slope) {
    return value > 0 ? value : slope * value;
}

/// y (N, …, K) = dT/dy; bias of K channels.
PROTOLITH_KERNEL(template <class T> void convolve(Queue& queue, const ConvolutionGeometry& geometry, const T* x,
                                                  const accumulator_t<T>* w, WeightsKey key, T* y,
                                                  Epilogue<accumulator_t<T>> epilogue = {}))
/// x (N, …, C) = dT/dx; bias of C channels.
PROTOLITH_KERNEL(template <class T> void convolve_data(Queue& queue, const ConvolutionGeometry& geometry, const T* y,
                                                       const accumulator_t<T>* w, WeightsKey key, T* x,
                                                       Epilogue<accumulator_t<T>> epilogue = {}))
/// w (K, …, C) = dT/dw.
PROTOLITH_KERNEL(template <class T> void convolve_weights(Queue& queue, const ConvolutionGeometry& geometry, const T* x,
                                                          const T* y, accumulator_t<T>* w))

/// Gives back what is kept of the weights `id`, of whatever version.
PROTOLITH_KERNEL(void forget_weights(Queue& queue, std::uint64_t id))

/// `has` = whether the device multiplies bfloat16 in hardware. Without, bfloat16 passes may throw std::runtime_error.
PROTOLITH_KERNEL(void bfloat16_hardware(Queue& queue, bool& has))

}  // namespace protolith::kernels
