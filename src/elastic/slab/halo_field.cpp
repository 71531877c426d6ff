#include "elastic/slab/halo_field.hpp"

#include <vector>

namespace protolith::elastic {

SlabNeighbours::SlabNeighbours(const Communicator& comm, ItemRange planes)
    : comm_(comm.handle()), planes_(planes.size()) {
    const int mine = planes.size() > 0 ? 1 : 0;
    std::vector<int> holds(static_cast<std::size_t>(comm.size()));
    MPI_Allgather(&mine, 1, MPI_INT, holds.data(), 1, MPI_INT, comm_);
    if (mine == 0) return;
    const auto next_holder = [&](int step) {
        int rank = comm.rank();
        do {
            rank = (rank + step + comm.size()) % comm.size();
        } while (holds[static_cast<std::size_t>(rank)] == 0);
        return rank;
    };
    before_ = next_holder(-1);
    behind_ = next_holder(1);
}

void SlabNeighbours::exchange(double* fields, std::size_t components, std::size_t plane_size) const {
    if (planes_ == 0) return;
    const int count = static_cast<int>(plane_size);
    for (std::size_t c = 0; c < components; ++c) {
        double* const first = fields + (c * (planes_ + 2) + 1) * plane_size;
        double* const last = first + (planes_ - 1) * plane_size;
        // Two neighbours that are one rank tell the messages apart by their tags.
        MPI_Sendrecv(last, count, MPI_DOUBLE, behind_, 0, first - plane_size, count, MPI_DOUBLE, before_, 0, comm_,
                     MPI_STATUS_IGNORE);
        MPI_Sendrecv(first, count, MPI_DOUBLE, before_, 1, last + plane_size, count, MPI_DOUBLE, behind_, 1, comm_,
                     MPI_STATUS_IGNORE);
    }
}

}  // namespace protolith::elastic
