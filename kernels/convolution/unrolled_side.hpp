// Which side of a convolution is unrolled.
#pragma once

#include "convolution/expansion.hpp"

namespace protolith::kernels::cpu {

/// The image that is repeated once per tap.
enum class UnrolledSide { x, y };

UnrolledSide side_of_convolve(const ConvolutionGeometry& geometry);
UnrolledSide side_of_convolve_data(const ConvolutionGeometry& geometry);
UnrolledSide side_of_convolve_weights(const ConvolutionGeometry& geometry);

}  // namespace protolith::kernels::cpu
