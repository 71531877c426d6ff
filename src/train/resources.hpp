// What one rank may take of its node: memory and cores, shared with the ranks beside it.
#pragma once

#include "base/communicator.hpp"

namespace protolith::train {

struct Resources {
    double memory = 0;  ///< bytes: the node's, or the job's limit, over the ranks of the node
    int threads = 1;    ///< cores that this rank may run on, over the ranks that may run on the same
    int ranks_on_node = 1;
};

/// The same on every rank (the smallest over ranks). Collective.
Resources resources_of_rank(const Communicator& comm);

}  // namespace protolith::train
