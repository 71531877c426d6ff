#include "base/device.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "device/query.hpp"

namespace protolith {

Device select_device(const std::string& request, const Logger& log) {
    require_input(request == "auto" || request == "cpu" || request == "cuda",
                  "--device '{}': expected one of auto, cpu, cuda", request);
    if (request == "cpu") return {};
    const auto found = kernels::query_device();
    if (found.available) return {DeviceKind::cuda, found.name};
    require_input(request != "cuda", "--device cuda: no GPU here: {}", found.reason);
    if (found.compiled) log.info("No GPU here: {}. The CPU serves.", found.reason);
    return {};
}

}  // namespace protolith
