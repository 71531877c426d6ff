// MPI for tests of one process that write parallel files: started on first use.
#pragma once

#include "base/communicator.hpp"

#include <cstdlib>

namespace protolith::io {

/// A communicator of this process alone.
inline const Communicator& one_process() {
    static const MpiEnvironment environment(nullptr, nullptr);
    static const Communicator communicator;
    return communicator;
}

}  // namespace protolith::io
