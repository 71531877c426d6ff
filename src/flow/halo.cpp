#include "flow/halo.hpp"

#include <type_traits>

namespace protolith::flow {
namespace {

constexpr int forward_tag = 1, return_tag = 2;

std::vector<std::int32_t> all_slots(const Sites& sites) {
    std::vector<std::int32_t> slots;
    for (const Crossing& crossing : sites.crossings)
        slots.insert(slots.end(), crossing.slots.begin(), crossing.slots.end());
    return slots;
}

}  // namespace

template <class T>
Halo<T>::Halo(const Communicator& comm, const Sites& sites, DeviceArray<T> populations)
    : comm_(comm.handle()),
      populations_(populations),
      halo_first_(directions * sites.stride),
      slots_(to_device("flow crossing slots", all_slots(sites))),
      packed_(unfilled<T>("flow crossing", slots_.extent(0))),
      send_("flow send", slots_.extent(0)),
      receive_("flow receive", slots_.extent(0)) {
    std::size_t first = 0;
    for (const Crossing& crossing : sites.crossings) {
        neighbours_.push_back({crossing.rank, first, crossing.slots.size()});
        first += crossing.slots.size();
    }
}

template <class T>
Halo<T>::~Halo() {
    // An exception may end the owner while messages travel; their buffers must not go before them.
    if (!requests_.empty()) MPI_Waitall(static_cast<int>(requests_.size()), requests_.data(), MPI_STATUSES_IGNORE);
}

template <class T>
void Halo<T>::exchange(int tag) {
    const MPI_Datatype type = std::is_same_v<T, double> ? MPI_DOUBLE : MPI_FLOAT;
    requests_.resize(2 * neighbours_.size());
    std::size_t k = 0;
    for (const Neighbour& n : neighbours_)
        MPI_Irecv(receive_.data() + n.first, static_cast<int>(n.count), type, n.rank, tag, comm_, &requests_[k++]);
    for (const Neighbour& n : neighbours_)
        MPI_Isend(send_.data() + n.first, static_cast<int>(n.count), type, n.rank, tag, comm_, &requests_[k++]);
}

template <class T>
void Halo<T>::wait() {
    MPI_Waitall(static_cast<int>(requests_.size()), requests_.data(), MPI_STATUSES_IGNORE);
    requests_.clear();
}

template <class T>
void Halo<T>::start_forward() {
    if (neighbours_.empty()) return;
    const auto from = populations_;
    const auto slots = slots_;
    const auto to = packed_;
    Kokkos::parallel_for(
        "flow pack", Kokkos::RangePolicy<DeviceSpace>(0, slots.extent(0)),
        KOKKOS_LAMBDA(const std::size_t k) { to(k) = from(static_cast<std::size_t>(slots(k))); });
    Kokkos::deep_copy(send_, packed_);
    exchange(forward_tag);
}

template <class T>
void Halo<T>::finish_forward() {
    if (neighbours_.empty()) return;
    wait();
    const auto halo = Kokkos::subview(populations_, std::make_pair(halo_first_, halo_first_ + slots_.extent(0)));
    Kokkos::deep_copy(halo, receive_);
}

template <class T>
void Halo<T>::start_return() {
    if (neighbours_.empty()) return;
    const auto halo = Kokkos::subview(populations_, std::make_pair(halo_first_, halo_first_ + slots_.extent(0)));
    Kokkos::deep_copy(send_, halo);
    exchange(return_tag);
    returning_ = true;
}

template <class T>
void Halo<T>::finish_return() {
    if (!returning_) return;
    wait();
    returning_ = false;
    Kokkos::deep_copy(packed_, receive_);
    const auto from = packed_;
    const auto slots = slots_;
    const auto to = populations_;
    Kokkos::parallel_for(
        "flow unpack", Kokkos::RangePolicy<DeviceSpace>(0, slots.extent(0)),
        KOKKOS_LAMBDA(const std::size_t k) { to(static_cast<std::size_t>(slots(k))) = from(k); });
}

template class Halo<double>;
template class Halo<float>;

}  // namespace protolith::flow
