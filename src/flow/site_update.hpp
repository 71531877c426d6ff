// The two steps site by site in Kokkos' default execution space: what runs on GPUs, and the plain twin that the
// packs' kernels are tested against.
#pragma once

#include "flow/device_array.hpp"
#include "flow/rates.hpp"
#include "flow/sites.hpp"

namespace protolith::flow {

template <class T>
struct SiteLattice {
    DeviceArray<T> populations;
    std::size_t stride = 0;
    DeviceArray<std::int32_t> addresses;  ///< of direction q, site n: (q − 1)·stride + n
    DeviceArray<T> half_even, half_odd;   ///< of each site, or empty
};

/// The uncompressed addresses.
DeviceArray<std::int32_t> expand_addresses(const Sites& sites);

/// Even and odd step of sites [first, last).
template <class T>
void even_sites(const SiteLattice<T>& lattice, const CollisionRates<T>& rates, std::size_t first, std::size_t last);
template <class T>
void odd_sites(const SiteLattice<T>& lattice, const CollisionRates<T>& rates, std::size_t first, std::size_t last);

extern template void even_sites(const SiteLattice<double>&, const CollisionRates<double>&, std::size_t, std::size_t);
extern template void even_sites(const SiteLattice<float>&, const CollisionRates<float>&, std::size_t, std::size_t);
extern template void odd_sites(const SiteLattice<double>&, const CollisionRates<double>&, std::size_t, std::size_t);
extern template void odd_sites(const SiteLattice<float>&, const CollisionRates<float>&, std::size_t, std::size_t);

}  // namespace protolith::flow
