// Mean and variance over the groups of a tensor.
#pragma once

#include "queue/kernel.hpp"
#include "reduce/groups.hpp"

namespace protolith::kernels {

/// mean[o, c] and biased variance[o, c] = Σ_r (x − mean)² / rows, in one pass over memory: blocks that stay in cache
/// are measured about their own mean and merged in double (Chan, Golub & LeVeque 1983). The same bits for any number of
/// threads.
PROTOLITH_KERNEL(template <class T> void moments(Queue& queue, const Groups& groups, const T* x, accumulator_t<T>* mean,
                                                 accumulator_t<T>* variance))

}  // namespace protolith::kernels
