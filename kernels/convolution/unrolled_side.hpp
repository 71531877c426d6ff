// Which side of a convolution is unrolled.
#pragma once

#include "convolution/expansion.hpp"

namespace protolith::kernels::cpu {

/// The image that is repeated once per tap.
enum class UnrolledSide { x, y };

/// A 1x1 kernel, or one as large as the image: x as it stands is its own unrolled form.
bool unrolled_already(const ConvolutionGeometry& geometry);

UnrolledSide side_of_convolve(const ConvolutionGeometry& geometry);
UnrolledSide side_of_convolve_data(const ConvolutionGeometry& geometry);
UnrolledSide side_of_convolve_weights(const ConvolutionGeometry& geometry);

}  // namespace protolith::kernels::cpu
