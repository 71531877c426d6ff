// How threads share the tiles of minimal filtering: each works on whole images of its own, from map to map, in chunks
// small enough that what lies between the maps stays in its core's cache; or, where there are too few images, all work
// on one chunk after the other together.
#pragma once

#include "convolution/tile_grid.hpp"
#include "queue/parallel.hpp"

namespace protolith::kernels::cpu {

class TileShares {
  public:
    /// `tile_bytes` lie between the maps for each tile; `weight_bytes` are read or added to by every chunk.
    TileShares(const Queue& queue, const TileGrid& grid, std::int64_t tile_bytes, std::int64_t weight_bytes,
               bool together = false);

    int count() const { return count_; }
    /// Rows of the operands of every chunk: an odd number, so that the n * n operands, whose widths are powers of two
    /// as a rule, do not all begin in the same lines of a cache.
    std::int64_t rows() const { return rows_; }

    /// Calls work(chunk, share) for each chunk of each share: a share's chunks in order, the shares at the same time.
    template <class Work>
    void run(const Queue& queue, Work&& work) const {
        parallel_ranges(queue, count_, 1, [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t share = first; share < last; ++share) run_share(static_cast<int>(share), work);
        });
    }

  private:
    template <class Work>
    void run_share(int share, Work&& work) const {
        const std::int64_t begin = images_ * share / count_ * tiles_, end = images_ * (share + 1) / count_ * tiles_;
        for (std::int64_t from = begin; from < end; from += chunk_)
            work(TileRange{from, std::min(from + chunk_, end), rows_}, share);
    }

    std::int64_t images_, tiles_;  // tiles of each image
    int count_;
    std::int64_t chunk_, rows_;
};

}  // namespace protolith::kernels::cpu
