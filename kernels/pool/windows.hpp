// Which windows of a pooling hold a place, along one axis.
#pragma once

#include "queue/types.hpp"

namespace protolith::kernels {

/// The windows that hold a place: [first, last).
template <class Integer>
struct Windows {
    Integer first, last;
};

/// For place `i` of an axis with `out` windows.
template <class Integer>
PROTOLITH_HOST_DEVICE Windows<Integer> windows_over(Integer i, Integer out, Integer window, Integer stride,
                                                    Integer pad) {
    const Integer above = i + pad - window + 1, last = (i + pad) / stride + 1;
    return {above <= 0 ? 0 : (above + stride - 1) / stride, last < out ? last : out};
}

}  // namespace protolith::kernels
