// A convolution in the form that cuDNN takes: as many zeros behind the image as before it, and channels rounded up to
// what its tensor-core engines load at once. What does not fit is set into a larger array with zeros around it, and the
// result cut out again: zeros take no part in the sums.
#pragma once

#include "convolution/geometry.hpp"
#include "slice/slice.hpp"

namespace protolith::kernels {

/// One operand's place in its padded form; `grows` where the two differ.
struct FittedOperand {
    Box box;
    bool grows = false;

    std::int64_t padded_elements() const;
};

struct FittedConvolution {
    ConvolutionGeometry inner;
    FittedOperand x, w, y;
};

/// Channels of x and y rounded up to multiples of `channel_multiple`.
FittedConvolution fitted(const ConvolutionGeometry& geometry, std::int64_t channel_multiple);

}  // namespace protolith::kernels
