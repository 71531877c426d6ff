// Linear maps between tiles and the operands of their products.
#pragma once

#include "convolution/convolution.hpp"
#include "convolution/tile_grid.hpp"

namespace protolith::kernels::cpu {

/// A range of tiles, and operands[n * n][tiles][phase, channel] made of them or to be written to them.
struct TileRange {
    std::int64_t begin, end;
    std::int64_t count() const { return end - begin; }
};

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

/// operands[n * n][K][phase, C] = G w G^T; `turned` filters for the transposed convolution.
void map_weights(Queue& queue, TileScheme scheme, const ConvolutionGeometry& geometry, const float* w, bool turned,
                 float* operands);

/// The adjoint of the above, not turned: w = G^T operands G.
void unmap_weights(Queue& queue, TileScheme scheme, const ConvolutionGeometry& geometry, const float* operands,
                   float* w);

}  // namespace protolith::kernels::cpu
