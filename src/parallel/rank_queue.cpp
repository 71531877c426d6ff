#include "parallel/rank_queue.hpp"

#include "device/facts.hpp"
#include "device/query.hpp"
#include "parallel/placement.hpp"

namespace protolith::parallel {

using kernels::Backend;
using kernels::Queue;

std::unique_ptr<Queue> queue_of_rank(const Context& context, int threads) {
    const bool gpu = context.device.kind == DeviceKind::cuda;
    const bool alike = context.comm.all(gpu) || !context.comm.any(gpu);
    collectively(context.comm, [&] {
        require_input(alike, "some ranks have a GPU and others none: take nodes alike, or --device cpu");
    });
    int index = 0;
#if defined(PROTOLITH_CUDA)
    if (gpu) index = gpu_of_rank(context.comm, kernels::query_device().count, kernels::cuda::device_identity);
#endif
    std::unique_ptr<Queue> queue;
    collectively(context.comm,
                 [&] { queue = std::make_unique<Queue>(gpu ? Backend::cuda : Backend::cpu, threads, index); });
    return queue;
}

double free_memory([[maybe_unused]] const Queue& queue, double on_the_host) {
#if defined(PROTOLITH_CUDA)
    if (queue.backend() == Backend::cuda) return static_cast<double>(kernels::cuda::free_device_memory());
#endif
    return on_the_host;
}

}  // namespace protolith::parallel
