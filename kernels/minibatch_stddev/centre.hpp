// What varies over the batch: each feature less its mean over the samples, and its standard deviation.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// x (groups, samples, features): centred = x − mean over the samples of the group, and deviation (groups, features) =
/// √(mean of centred² + epsilon). Either result may be null: it is not made. Sums are made in accumulator_t<T>.
PROTOLITH_KERNEL(template <class T> void centre_batch(Queue& queue, std::int64_t groups, std::int64_t samples,
                                                      std::int64_t features, double epsilon, const T* x, T* centred,
                                                      accumulator_t<T>* deviation))

}  // namespace protolith::kernels
