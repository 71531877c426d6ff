#include "parallel/placement.hpp"

#include <set>

namespace protolith::parallel {

namespace {

/// The ranks that share this rank's node.
Communicator ranks_of_node(const Communicator& comm) {
    MPI_Comm node = MPI_COMM_NULL;
    MPI_Comm_split_type(comm.handle(), MPI_COMM_TYPE_SHARED, comm.rank(), MPI_INFO_NULL, &node);
    Communicator ranks(node);
    MPI_Comm_free(&node);
    return ranks;
}

std::string node_name() {
    char name[MPI_MAX_PROCESSOR_NAME];
    int length = 0;
    MPI_Get_processor_name(name, &length);
    return {name, static_cast<std::size_t>(length)};
}

}  // namespace

int gpu_of_rank(const Communicator& comm, int visible, const std::function<std::string(int)>& identity) {
    const Communicator node = ranks_of_node(comm);
    const int index = node.rank() % visible;
    const auto taken = node.all_gather(identity(index));
    const auto different = std::set<std::string>(taken.begin(), taken.end()).size();
    collectively(comm, [&] {
        require_input(different == taken.size(),
                      "{} ranks on node {} for {} GPU{}: one rank a GPU is needed (start fewer ranks on a node, or run "
                      "with --device cpu)",
                      taken.size(), node_name(), different, different == 1 ? "" : "s");
    });
    return index;
}

}  // namespace protolith::parallel
