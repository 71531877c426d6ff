// Which elements of a channels-last tensor are summed together.
#pragma once

#include <cstdint>

namespace protolith::kernels {

/// The tensor seen as (outer, rows, channels): the elements of one group differ in the row alone. Sums, means and other
/// statistics have the shape (outer, channels). Of images (N, H, W, C): per channel (1, N·H·W, C), per sample
/// (N, H·W·C, 1), per instance (N, H·W, C), per pixel (N·H·W, C, 1), the whole tensor (1, N·H·W·C, 1).
struct Groups {
    std::int64_t outer = 1, rows = 1, channels = 1;

    std::int64_t elements() const { return outer * rows * channels; }
    std::int64_t count() const { return outer * channels; }
};

}  // namespace protolith::kernels
