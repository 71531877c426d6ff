// Groups over the CPU's threads: the parts of a reduction with their sums in a fixed order, and rows.
#pragma once

#include "pointwise/typed.hpp"
#include "queue/parallel.hpp"
#include "reduce/partition.hpp"

#include <array>

namespace protolith::kernels::cpu {

/// Calls work(first task, last task, partial) on the threads, where partial[(k · tasks + task) · channels + c] takes
/// the k-th sum of a task; then results[k][o, c] is the sum over the tasks of o.
template <class A, std::size_t K, class Work>
void reduce_parts(Queue& queue, const Groups& groups, const std::array<A*, K>& results, Work&& work) {
    const Partition partition(groups);
    const std::int64_t each = partition.tasks * groups.channels;
    const Scratch scratch(queue, K * static_cast<std::size_t>(each) * sizeof(double));
    double* const partial = scratch.as<double>();
    parallel_ranges(queue, partition.tasks, partition.grain,
                    [&](std::int64_t first, std::int64_t last) { work(first, last, partial); });
    const auto add_up = [&](std::size_t k, std::int64_t o, std::int64_t c) {
        const double* part = partial + static_cast<std::int64_t>(k) * each + o * partition.parts * groups.channels + c;
        double total = 0;
        for (std::int64_t p = 0; p < partition.parts; ++p) total += part[p * groups.channels];
        results[k][o * groups.channels + c] = static_cast<A>(total);
    };
    parallel_ranges(queue, groups.outer, pointwise_grain / std::max<std::int64_t>(partition.parts * groups.channels, 1),
                    [&](std::int64_t first, std::int64_t last) {
                        for (std::size_t k = 0; k < K; ++k)
                            for (std::int64_t o = first; o < last; ++o)
                                for (std::int64_t c = 0; c < groups.channels; ++c) add_up(k, o, c);
                    });
}

/// Calls work(first, last) on parts of the outer · rows rows.
template <class Work>
void over_rows(const Queue& queue, const Groups& groups, Work&& work) {
    parallel_ranges(queue, groups.outer * groups.rows, pointwise_grain / std::max<std::int64_t>(groups.channels, 1),
                    work);
}

}  // namespace protolith::kernels::cpu
