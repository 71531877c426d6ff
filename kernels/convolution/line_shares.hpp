// How threads share the lines of an unrolled image. Where the weights are light, each thread works on lines of its own
// in chunks that stay in its core's cache; else all work on one larger chunk after the other together.
#pragma once

#include "convolution/expansion.hpp"
#include "queue/parallel.hpp"

namespace protolith::kernels::cpu {

class LineShares {
  public:
    /// `line_bytes` lie between two steps for each target line; `weight_bytes` are read or added to by every chunk; a
    /// chunk for all threads together has about `together_bytes`. `whole_images`: shares only of these.
    LineShares(const Queue& queue, const TapRelation& relation, std::int64_t batch, std::int64_t line_bytes,
               std::int64_t weight_bytes, std::int64_t together_bytes, bool whole_images = false);

    int count() const { return count_; }
    /// Lines of every chunk but the last, which has this many or fewer.
    std::int64_t chunk() const { return chunk_; }
    /// Lines of the last chunk.
    std::int64_t last_chunk() const { return lines_ - (chunks() - 1) * chunk_; }

    /// Whether the share that the last chunk belongs to has others before it.
    bool last_is_further() const { return chunks() - chunks() * (count_ - 1) / count_ > 1; }

    /// Calls work(begin, end, share) for each chunk of each share: a share's in order, the shares at the same time.
    template <class Work>
    void run(const Queue& queue, Work&& work) const {
        parallel_ranges(queue, count_, 1, [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t share = first; share < last; ++share)
                for (std::int64_t i = chunks() * share / count_; i < chunks() * (share + 1) / count_; ++i)
                    work(i * chunk_, std::min((i + 1) * chunk_, lines_), static_cast<int>(share));
        });
    }

  private:
    std::int64_t chunks() const { return (lines_ + chunk_ - 1) / chunk_; }

    std::int64_t lines_, chunk_;
    int count_ = 1;
};

}  // namespace protolith::kernels::cpu
