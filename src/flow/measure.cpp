#include "flow/measure.hpp"

namespace protolith::flow {
namespace {

// Chunks of sites are summed one by one and then together, which keeps the rounding of long sums small.
constexpr std::size_t chunk = 4096;

}  // namespace

template <class T>
Totals sum_sites(const DeviceArray<T>& populations, std::size_t stride, const BodyForce<T>& force, std::size_t first,
                 std::size_t count) {
    const std::size_t chunks = (count + chunk - 1) / chunk;
    Kokkos::View<double*, DeviceSpace::memory_space> sums("flow sums", 5 * chunks);
    const T* const at = populations.data();
    Kokkos::parallel_for(
        "flow sums", Kokkos::RangePolicy<DeviceSpace>(0, chunks), KOKKOS_LAMBDA(const std::size_t k) {
            double sum[5] = {0, 0, 0, 0, 0};
            const std::size_t end = (k + 1) * chunk < count ? (k + 1) * chunk : count;
            for (std::size_t n = k * chunk; n < end; ++n) {
                T site[4];
                measure_site(at + first + n, stride, force, site);
                double square = 0;
                for (int i = 0; i < 4; ++i) sum[i] += static_cast<double>(site[i]);
                for (int i = 1; i < 4; ++i) square += static_cast<double>(site[i]) * static_cast<double>(site[i]);
                if (sum[4] == sum[4] && !(square <= sum[4])) sum[4] = square;  // what is not a number stays
            }
            for (std::size_t i = 0; i < 5; ++i) sums(5 * k + i) = sum[i];
        });
    const auto host = Kokkos::create_mirror_view(sums);
    Kokkos::deep_copy(host, sums);
    Totals totals;
    for (std::size_t k = 0; k < chunks; ++k) {
        totals.density += host(5 * k);
        for (std::size_t i = 0; i < 3; ++i) totals.momentum[i] += host(5 * k + 1 + i);
        const double fastest = host(5 * k + 4);
        if (totals.fastest == totals.fastest && !(fastest <= totals.fastest)) totals.fastest = fastest;
    }
    return totals;
}

template Totals sum_sites(const DeviceArray<double>&, std::size_t, const BodyForce<double>&, std::size_t, std::size_t);
template Totals sum_sites(const DeviceArray<float>&, std::size_t, const BodyForce<float>&, std::size_t, std::size_t);

}  // namespace protolith::flow
