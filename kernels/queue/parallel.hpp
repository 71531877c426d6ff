// Work of one CPU kernel over the queue's threads.
#pragma once

#include "queue/queue.hpp"

#include <algorithm>

#include <omp.h>

namespace protolith::kernels::cpu {

/// Calls work(begin, end) on parts of [0, items), one part a thread, each of at least `grain` items; on all of them at
/// once from within such work.
template <class Work>
void parallel_ranges(const Queue& queue, std::int64_t items, std::int64_t grain, Work&& work) {
    const std::int64_t parts = std::clamp<std::int64_t>(items / std::max<std::int64_t>(grain, 1), 1, queue.threads());
    if (parts == 1 || omp_in_parallel()) return work(std::int64_t{0}, items);
#pragma omp parallel for num_threads(static_cast <int>(parts)) schedule(static, 1)
    for (std::int64_t part = 0; part < parts; ++part) work(items * part / parts, items * (part + 1) / parts);
}

}  // namespace protolith::kernels::cpu
