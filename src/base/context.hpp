// What every part of a job may need of its surroundings; made once in main and passed down, never global.
#pragma once

#include "base/communicator.hpp"
#include "base/device.hpp"
#include "base/log.hpp"
#include "base/stop.hpp"
#include "base/timer.hpp"

#include <optional>

namespace protolith {

struct Context {
    Context(MPI_Comm world, bool quiet, std::optional<double> max_walltime, const std::string& device_request,
            bool gpu_job = false)
        : comm(world),
          log(comm.is_root(), quiet),
          device(select_device(comm, device_request, gpu_job, log)),
          stop(clock, max_walltime) {}

    Clock clock;
    Communicator comm;
    Logger log;
    Device device;
    StopFlag stop;
    PhaseTimers timers;
};

}  // namespace protolith
