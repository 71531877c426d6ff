// Which backend serves the job: asked once at the start, agreed by all ranks, said once.
#pragma once

#include <string>

namespace protolith {

class Communicator;
class Logger;

enum class DeviceKind { cpu, cuda };

/// The backend in use.
struct Device {
    DeviceKind kind = DeviceKind::cpu;
    std::string description = "CPU";
};

/// `request` is auto, cpu or cuda. `auto` takes GPUs where every rank has one that can be used, and says once why not;
/// `cuda` without one is an InputError with the reason. Jobs that compute on the CPU alone (`gpu_job` false) take no
/// GPU; asked to by `cuda`, they refuse. Collective.
Device select_device(const Communicator& comm, const std::string& request, bool gpu_job, const Logger& log);

/// What `protolith devices` prints: the versions of driver and build, and every GPU with what speaks against it.
std::string describe_devices();

}  // namespace protolith
