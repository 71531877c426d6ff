// What a step of training needs of a rank's memory, said before it begins.
#pragma once

#include <cstddef>
#include <cstdint>

namespace protolith::nn {

/// Bytes whatever the batch, and bytes for each image of it.
struct MemoryNeed {
    std::size_t fixed = 0, per_image = 0;

    std::size_t of(std::int64_t batch) const { return fixed + per_image * static_cast<std::size_t>(batch); }
    /// The largest batch that fits into `bytes`; 0 where not even one image does.
    std::int64_t largest_batch(std::size_t bytes) const;
};

}  // namespace protolith::nn
