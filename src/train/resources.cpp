#include "train/resources.hpp"

#include <algorithm>
#include <fstream>
#include <string>

#include <sched.h>
#include <unistd.h>

namespace protolith::train {

namespace {

/// The limit of the control group that SLURM or a container has put the process into; the whole machine without one.
double memory_limit() {
    double limit = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
    std::ifstream groups("/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {
        if (!line.starts_with("0::")) continue;  // version 2: one hierarchy, a limit may stand at every level
        for (std::string group = line.substr(3);; group.resize(group.find_last_of('/'))) {
            double bytes = 0;
            if (std::ifstream("/sys/fs/cgroup" + group + "/memory.max") >> bytes) limit = std::min(limit, bytes);
            if (group.find_last_of('/') == std::string::npos || group.size() <= 1) break;
        }
    }
    return limit;
}

}  // namespace

Resources resources_of_rank(const Communicator& comm) {
    MPI_Comm node_handle = MPI_COMM_NULL;
    MPI_Comm_split_type(comm.handle(), MPI_COMM_TYPE_SHARED, comm.rank(), MPI_INFO_NULL, &node_handle);
    int ranks = 1;
    MPI_Comm_size(node_handle, &ranks);

    cpu_set_t mine;
    CPU_ZERO(&mine);
    sched_getaffinity(0, sizeof mine, &mine);
    const int cores = std::max(CPU_COUNT(&mine), 1);
    // ranks of one node that may run on this rank's first core share its set
    int first = 0;
    while (first < CPU_SETSIZE - 1 && !CPU_ISSET(first, &mine)) ++first;
    std::vector<int> firsts(static_cast<std::size_t>(ranks));
    MPI_Allgather(&first, 1, MPI_INT, firsts.data(), 1, MPI_INT, node_handle);
    MPI_Comm_free(&node_handle);
    const auto sharing = static_cast<int>(std::count(firsts.begin(), firsts.end(), first));

    Resources resources;
    resources.memory = comm.min(memory_limit() / ranks);
    resources.threads = static_cast<int>(comm.min(static_cast<double>(std::max(cores / sharing, 1))));
    resources.ranks_on_node = ranks;
    return resources;
}

}  // namespace protolith::train
