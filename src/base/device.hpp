// Which backend serves this process: asked once at the start, said once.
#pragma once

#include <string>

namespace protolith {

class Logger;

enum class DeviceKind { cpu, cuda };

/// The backend in use, and why it is not another one.
struct Device {
    DeviceKind kind = DeviceKind::cpu;
    std::string description = "CPU";
};

/// `request` is auto, cpu or cuda. `auto` takes a GPU where one is usable and says once why not; `cuda` without one
/// is an InputError with the reason.
Device select_device(const std::string& request, const Logger& log);

}  // namespace protolith
