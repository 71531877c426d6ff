#include "base/device.hpp"

#include "base/communicator.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "device/query.hpp"

#include <algorithm>

namespace protolith {

namespace {

/// The first rank's reason why it has no GPU; empty when every rank has one.
std::string common_reason(const Communicator& comm, const kernels::DeviceQuery& found) {
    const auto reasons = comm.all_gather(found.available ? std::string() : found.reason);
    const auto first = std::find_if(reasons.begin(), reasons.end(), [](const auto& text) { return !text.empty(); });
    if (first == reasons.end()) return {};
    const bool everywhere = std::count(reasons.begin(), reasons.end(), *first) == comm.size();
    return everywhere ? *first : fmt::format("{} (rank {})", *first, first - reasons.begin());
}

}  // namespace

Device select_device(const Communicator& comm, const std::string& request, bool gpu_job, const Logger& log) {
    require_input(request == "auto" || request == "cpu" || request == "cuda",
                  "--device '{}': expected one of auto, cpu, cuda", request);
    if (request == "cpu" || (request == "auto" && !gpu_job)) return {};
    const auto found = kernels::query_devices();
    const std::string reason = common_reason(comm, found);
    if (request == "cuda") {
        if (!reason.empty()) throw CollectiveError("--device cuda: no GPU here: " + reason, ExitCode::bad_input);
        if (!gpu_job)
            throw CollectiveError("--device cuda: this job computes on the CPU alone; leave the option out",
                                  ExitCode::bad_input);
    }
    if (reason.empty()) return {DeviceKind::cuda, found.name()};
    if (found.compiled) log.info("No GPU here: {}. The CPU serves.", reason);
    return {};
}

std::string describe_devices() {
    const auto found = kernels::query_devices();
    if (!found.compiled) return fmt::format("No GPU here: {}\n", found.reason);
    const std::string driver = found.driver == 0 ? "none" : "for CUDA " + kernels::cuda_version_text(found.driver);
    std::string text = fmt::format("CUDA {}, driver {}\n", kernels::cuda_version_text(found.runtime), driver);
    for (const auto& device : found.devices)
        text += fmt::format("GPU {}  {}, {} multiprocessors: {}\n", device.index, kernels::device_text(device),
                            device.multiprocessors, device.refusal.empty() ? "can be used" : device.refusal);
    if (!found.available) text += fmt::format("No GPU here: {}. The CPU serves.\n", found.reason);
    return text;
}

}  // namespace protolith
