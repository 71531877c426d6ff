// The three passes by minimal filtering (toom_cook.hpp): n * n matrix products between maps of tiles, for m * m outputs
// of r * r taps; for the strided 4x4 kernels that is 25 products where the definition has 64.
#pragma once

#include "convolution/convolution.hpp"
#include "convolution/tile_grid.hpp"

namespace protolith::kernels::cpu {

/// T is float or bfloat16; `scheme` is that of tile_scheme().
template <class T>
void tiled_convolve(Queue& queue, const ConvolutionGeometry& geometry, TileScheme scheme, const T* x, const float* w,
                    WeightsKey key, T* y, Epilogue<float> epilogue);
template <class T>
void tiled_convolve_data(Queue& queue, const ConvolutionGeometry& geometry, TileScheme scheme, const T* y,
                         const float* w, WeightsKey key, T* x, Epilogue<float> epilogue);
template <class T>
void tiled_convolve_weights(Queue& queue, const ConvolutionGeometry& geometry, TileScheme scheme, const T* x,
                            const T* y, float* w);

}  // namespace protolith::kernels::cpu
