#include "convolution/tile_shares.hpp"

#include <algorithm>

namespace protolith::kernels::cpu {
namespace {

/// Shares of whole images, one a thread, unless that leaves some threads idle for long.
int shares(std::int64_t images, int threads) {
    const std::int64_t most = (images + threads - 1) / threads;
    return most * threads * 7 <= images * 8 ? threads : 1;
}

// What lies between the maps of a chunk should stay in a core's second cache, but where the weights' operands do not, a
// chunk has rows enough that fetching them costs little beside the products.
constexpr std::int64_t chunk_bytes = std::int64_t{512} << 10, light_weights = std::int64_t{512} << 10, enough = 256;

}  // namespace

TileShares::TileShares(const Queue& queue, const TileGrid& grid, std::int64_t tile_bytes, std::int64_t weight_bytes,
                       bool together)
    : images_(grid.batch), tiles_(grid.rows * grid.columns), count_(together ? 1 : shares(images_, queue.threads())) {
    const std::int64_t most = (images_ + count_ - 1) / count_ * tiles_;
    const std::int64_t least = weight_bytes > light_weights ? std::min(enough, most) : 1;
    const std::int64_t wanted = std::clamp(chunk_bytes / tile_bytes, least, most);
    const std::int64_t parts = (most + wanted - 1) / wanted;
    chunk_ = (most + parts - 1) / parts;
    rows_ = chunk_ | 1;
}

}  // namespace protolith::kernels::cpu
