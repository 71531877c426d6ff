// The queue on which a rank computes.
#pragma once

#include "base/context.hpp"
#include "queue/queue.hpp"

#include <memory>

namespace protolith::parallel {

/// On this rank's GPU where the run's device is one and every rank can open its own, else on `threads` cores, which is
/// said once (InputError with `--device cuda`). InputError where ranks outnumber GPUs. Collective.
std::unique_ptr<kernels::Queue> queue_of_rank(const Context& context, int threads);

/// Bytes that are left for a queue's tensors: of its GPU, else those `on_the_host`.
double free_memory(const kernels::Queue& queue, double on_the_host);

}  // namespace protolith::parallel
