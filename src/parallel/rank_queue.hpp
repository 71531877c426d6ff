// The queue on which a rank computes: on its GPU, one rank a GPU, or on its cores.
#pragma once

#include "base/context.hpp"
#include "queue/queue.hpp"

#include <memory>
#include <string>

namespace protolith::parallel {

/// On this rank's GPU where context.device is one, else on `threads` cores. InputError where ranks outnumber GPUs, or a
/// GPU cannot be opened (another process holds it); for the `request` auto the latter leaves the CPU, said once, and
/// changes context.device. Collective.
std::unique_ptr<kernels::Queue> queue_of_rank(Context& context, const std::string& request, int threads);

/// Bytes that are left for a queue's tensors: of its GPU, else those `on_the_host`.
double free_memory(const kernels::Queue& queue, double on_the_host);

}  // namespace protolith::parallel
