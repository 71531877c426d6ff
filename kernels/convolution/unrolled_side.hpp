// Which side of a convolution is unrolled, and in what chunks.
#pragma once

#include "convolution/expansion.hpp"

namespace protolith::kernels::cpu {

/// The image that is repeated once per tap.
enum class UnrolledSide { x, y };

UnrolledSide side_of_convolve(const ConvolutionGeometry& geometry);
UnrolledSide side_of_convolve_data(const ConvolutionGeometry& geometry);
UnrolledSide side_of_convolve_weights(const ConvolutionGeometry& geometry);

/// Target lines worked on at once: equal parts whose unrolled form stays near `bytes`, whole images if one fits.
std::int64_t chunk_lines(const TapRelation& relation, std::int64_t batch, std::int64_t line_bytes, std::int64_t bytes);

}  // namespace protolith::kernels::cpu
