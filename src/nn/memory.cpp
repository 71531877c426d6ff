#include "nn/memory.hpp"

#include <algorithm>

namespace protolith::nn {

std::int64_t MemoryNeed::largest_batch(std::size_t bytes) const {
    if (bytes < fixed) return 0;
    return static_cast<std::int64_t>((bytes - fixed) / std::max<std::size_t>(per_image, 1));
}

}  // namespace protolith::nn
