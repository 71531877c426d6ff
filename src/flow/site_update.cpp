#include "flow/site_update.hpp"

#include "flow/collide-inl.hpp"

namespace protolith::flow {
namespace {

template <class T>
KOKKOS_FORCEINLINE_FUNCTION void collide(T* f, const SiteLattice<T>& lattice, const CollisionRates<T>& rates,
                                         std::size_t site) {
    using namespace HWY_NAMESPACE;
    const bool local = lattice.half_even.extent(0) > 0;
    const T even = local ? lattice.half_even(site) : rates.half_even;
    const T odd = local ? lattice.half_odd(site) : rates.half_odd;
    if (rates.many && !local)
        collide_many_rates<T, T>(f, even, odd, rates.extra, rates.force);
    else
        collide_two_rates<T, T, T>(f, even, odd, rates.force);
}

}  // namespace

DeviceArray<std::int32_t> expand_addresses(const Sites& sites) {
    const Addresses addresses(sites);
    std::vector<std::int32_t> all((directions - 1) * sites.stride, 0);
    for (int q = 1; q < directions; ++q)
        for (std::size_t n = 0; n < sites.voxel.size(); ++n)
            all[static_cast<std::size_t>(q - 1) * sites.stride + n] = addresses(n, q);
    return to_device("flow addresses", all);
}

template <class T>
void even_sites(const SiteLattice<T>& lattice, const CollisionRates<T>& rates, std::size_t first, std::size_t last) {
    Kokkos::parallel_for(
        "flow even", Kokkos::RangePolicy<DeviceSpace>(first, last), KOKKOS_LAMBDA(const std::size_t n) {
            T f[directions];
            for (int q = 0; q < directions; ++q) f[q] = lattice.populations(q * lattice.stride + n);
            collide(f, lattice, rates, n);
            for (int q = 0; q < directions; ++q) lattice.populations(opposite(q) * lattice.stride + n) = f[q];
        });
}

template <class T>
void odd_sites(const SiteLattice<T>& lattice, const CollisionRates<T>& rates, std::size_t first, std::size_t last) {
    Kokkos::parallel_for(
        "flow odd", Kokkos::RangePolicy<DeviceSpace>(first, last), KOKKOS_LAMBDA(const std::size_t n) {
            T f[directions];
            f[0] = lattice.populations(n);
            for (int q = 1; q < directions; ++q)
                f[q] = lattice.populations(static_cast<std::size_t>(lattice.addresses((q - 1) * lattice.stride + n)));
            collide(f, lattice, rates, n);
            lattice.populations(n) = f[0];
            for (int q = 1; q < directions; ++q)
                lattice.populations(static_cast<std::size_t>(lattice.addresses((q - 1) * lattice.stride + n))) =
                    f[opposite(q)];
        });
}

template void even_sites(const SiteLattice<double>&, const CollisionRates<double>&, std::size_t, std::size_t);
template void even_sites(const SiteLattice<float>&, const CollisionRates<float>&, std::size_t, std::size_t);
template void odd_sites(const SiteLattice<double>&, const CollisionRates<double>&, std::size_t, std::size_t);
template void odd_sites(const SiteLattice<float>&, const CollisionRates<float>&, std::size_t, std::size_t);

}  // namespace protolith::flow
