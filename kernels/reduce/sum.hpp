// Sums over the groups of a tensor.
#pragma once

#include "queue/kernel.hpp"
#include "reduce/groups.hpp"

namespace protolith::kernels {

/// sums[o, c] = Σ_r x[o, r, c]. Blocks are summed in accumulator_t<T> and added up in double, in an order that depends
/// on the sizes alone: the same bits for any number of threads.
PROTOLITH_KERNEL(template <class T> void sum(Queue& queue, const Groups& groups, const T* x, accumulator_t<T>* sums))

/// sums[o, c] = Σ_r a[o, r, c] · b[o, r, c]; of the same kind.
PROTOLITH_KERNEL(template <class T>
                 void dot(Queue& queue, const Groups& groups, const T* a, const T* b, accumulator_t<T>* sums))

}  // namespace protolith::kernels
