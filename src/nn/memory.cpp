#include "nn/memory.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace protolith::nn {

std::int64_t MemoryNeed::largest_batch(std::size_t bytes) const {
    if (bytes < fixed) return 0;
    return static_cast<std::int64_t>((bytes - fixed) / std::max<std::size_t>(per_image, 1));
}

void require_memory(const MemoryNeed& need, std::int64_t batch, std::size_t limit, const std::string& what) {
    constexpr double gib = 1 << 30;
    const std::int64_t fits = need.largest_batch(limit);
    const std::string way = fits > 0 ? fmt::format("{} would fit", fits) : "not even one would fit";
    require_input(need.of(batch) <= limit, "{} of {} images needs about {:.2f} GiB and a rank may have {:.2f} GiB: {}",
                  what, batch, static_cast<double>(need.of(batch)) / gib, static_cast<double>(limit) / gib, way);
}

}  // namespace protolith::nn
