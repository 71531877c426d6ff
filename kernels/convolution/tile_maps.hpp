// Linear maps between tiles and the operands of their products, operands[n * n][tiles][phase, channel].
#pragma once

#include "convolution/convolution.hpp"
#include "convolution/tile_grid.hpp"

namespace protolith::kernels::cpu {

/// operands = B^T d B for the tiles d (n x n) of the grid's input.
template <class T>
void map_input(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const T* image, T* operands);

/// operands = A d A^T for the tiles d (m x m) of the grid's output: its part in the gradient of the weights.
template <class T>
void map_output(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const T* image, T* operands);

/// The tiles (m x m) of the grid's output = A^T products A, then the epilogue.
template <class T>
void unmap_output(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const float* products,
                  T* image, Epilogue<float> epilogue);

/// The image of the grid's input = the overlapping sum of B products B^T, the adjoint of map_input; then the epilogue.
/// Ranges must be given in order, from the first tile to the last: sums grow in the image itself.
template <class T>
void unmap_input(Queue& queue, TileScheme scheme, const TileGrid& grid, TileRange range, const float* products,
                 T* image, Epilogue<float> epilogue);

/// operands[n * n][K][phase, C] = G w G^T
template <class T>
void map_weights(Queue& queue, TileScheme scheme, const ConvolutionGeometry& geometry, const float* w, T* operands);

/// The adjoint of the above: w = G^T operands G.
void unmap_weights(Queue& queue, TileScheme scheme, const ConvolutionGeometry& geometry, const float* operands,
                   float* w);

}  // namespace protolith::kernels::cpu
