// The populations that cross between ranks, and nothing else. Before an odd step each rank sends the slots that others
// read there; after it the values that they have left for it come back. Both messages are packed, one to a neighbour,
// and travel while sites that need none of them are updated.
#pragma once

#include "base/communicator.hpp"
#include "flow/device_array.hpp"
#include "flow/sites.hpp"

#include <vector>

#include <mpi.h>

namespace protolith::flow {

template <class T>
class Halo {
  public:
    Halo(const Communicator& comm, const Sites& sites, DeviceArray<T> populations);
    ~Halo();
    Halo(const Halo&) = delete;
    Halo& operator=(const Halo&) = delete;

    /// Own slots → the others' halo.
    void start_forward();
    void finish_forward();
    /// Halo → the others' own slots.
    void start_return();
    void finish_return();

    /// Numbers sent in one message to all neighbours.
    std::size_t crossing() const noexcept { return slots_.extent(0); }

  private:
    using HostArray = Kokkos::View<T*, Kokkos::HostSpace>;
    void exchange(int tag);
    void wait();

    MPI_Comm comm_;
    DeviceArray<T> populations_;
    std::size_t halo_first_ = 0;
    DeviceArray<std::int32_t> slots_;
    DeviceArray<T> packed_;
    HostArray send_, receive_;
    struct Neighbour {
        int rank;
        std::size_t first, count;
    };
    std::vector<Neighbour> neighbours_;
    std::vector<MPI_Request> requests_;
    bool returning_ = false;
};

extern template class Halo<double>;
extern template class Halo<float>;

}  // namespace protolith::flow
