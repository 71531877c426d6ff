#include "parallel/rank_queue.hpp"

#include "device/query.hpp"
#include "parallel/placement.hpp"

#include <algorithm>

namespace protolith::parallel {

using kernels::Backend;
using kernels::Queue;

namespace {

/// The first rank's reason why its GPU cannot be opened; empty when all can.
std::string common_refusal(const Communicator& comm, const std::string& mine) {
    for (const auto& text : comm.all_gather(mine))
        if (!text.empty()) return text;
    return {};
}

}  // namespace

std::unique_ptr<Queue> queue_of_rank(const Context& context, int threads) {
    const Communicator& comm = context.comm;
    bool gpu = context.device.kind == DeviceKind::cuda;  // on all ranks or on none
    int index = 0;
    if (gpu) {
        const auto found = kernels::query_device();
        index = gpu_of_rank(comm, static_cast<int>(found.devices.size()),
                            [&](int i) { return found.devices[static_cast<std::size_t>(i)].identity; });
        const auto& own = found.devices[static_cast<std::size_t>(index)];
        const std::string refusal = common_refusal(
            comm, own.refusal.empty() ? kernels::refusal_to_open(index) : own.name + " is " + own.refusal);
        if (!refusal.empty()) {
            if (context.device.demanded) throw CollectiveError("--device cuda: " + refusal, ExitCode::bad_input);
            context.log.info("No GPU here: {}. The CPU serves.", refusal);
            gpu = false;
        }
    }
    std::unique_ptr<Queue> queue;
    collectively(comm, [&] { queue = std::make_unique<Queue>(gpu ? Backend::cuda : Backend::cpu, threads, index); });
    return queue;
}

double free_memory(const Queue& queue, double on_the_host) {
    return queue.backend() == Backend::cuda ? static_cast<double>(kernels::free_device_memory()) : on_the_host;
}

}  // namespace protolith::parallel
