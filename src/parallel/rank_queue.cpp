#include "parallel/rank_queue.hpp"

#include "device/free_memory.hpp"
#include "device/query.hpp"
#include "parallel/placement.hpp"

#include <algorithm>

namespace protolith::parallel {

using kernels::Backend;
using kernels::Queue;

namespace {

/// Index of this rank's GPU among those of its process. Collective.
int own_gpu(const Communicator& comm) {
    auto devices = kernels::query_devices().devices;
    std::erase_if(devices, [](const auto& device) { return !device.refusal.empty(); });
    const auto place = gpu_of_rank(comm, static_cast<int>(devices.size()),
                                   [&](int i) { return devices.at(static_cast<std::size_t>(i)).identity; });
    return devices.at(static_cast<std::size_t>(place)).index;
}

}  // namespace

std::unique_ptr<Queue> queue_of_rank(Context& context, const std::string& request, int threads) {
    const auto& comm = context.comm;
    int index = 0;
    if (context.device.kind == DeviceKind::cuda) {
        index = own_gpu(comm);
        const auto refusals = comm.all_gather(kernels::refusal_to_open(index));
        const auto first = std::find_if(refusals.begin(), refusals.end(), [](const auto& r) { return !r.empty(); });
        if (first != refusals.end()) {
            if (request == "cuda")
                throw CollectiveError(fmt::format("--device cuda: no GPU here: {}", *first), ExitCode::bad_input);
            context.log.info("No GPU here: {}. The CPU serves.", *first);
            context.device = {};
        }
    }
    std::unique_ptr<Queue> queue;
    collectively(comm, [&] {
        const bool gpu = context.device.kind == DeviceKind::cuda;
        queue = std::make_unique<Queue>(gpu ? Backend::cuda : Backend::cpu, threads, index);
    });
    return queue;
}

double free_memory([[maybe_unused]] const Queue& queue, double on_the_host) {
#if defined(PROTOLITH_CUDA)
    if (queue.backend() == Backend::cuda) return static_cast<double>(kernels::cuda::free_memory());
#endif
    return on_the_host;
}

}  // namespace protolith::parallel
