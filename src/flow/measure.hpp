// Density and speed of sites from their populations, as they lie after a pair of steps.
#pragma once

#include "flow/device_array.hpp"
#include "flow/lattice.hpp"
#include "flow/rates.hpp"
#include "flow/solver.hpp"

namespace protolith::flow {

/// Sums over sites [first, first + count); Totals::fastest as the square of the speed. Not collective.
template <class T>
Totals sum_sites(const DeviceArray<T>& populations, std::size_t stride, const BodyForce<T>& force, std::size_t first,
                 std::size_t count);

/// ρ − 1, u_x, u_y, u_z of one site.
template <class T>
KOKKOS_FORCEINLINE_FUNCTION void measure_site(const T* at, std::size_t stride, const BodyForce<T>& force, T* result) {
    T f[directions];
    for (std::size_t q = 0; q < directions; ++q) f[q] = at[q * stride];
    const T half = T(0.5);
    result[0] = ((f[0] + (f[1] + f[2])) + ((f[3] + f[4]) + (f[5] + f[6]))) +
                (((f[7] + f[8]) + (f[9] + f[10])) + ((f[11] + f[12]) + (f[13] + f[14]))) +
                ((f[15] + f[16]) + (f[17] + f[18]));
    result[1] =
        (f[1] - f[2]) + (f[7] - f[8]) + (f[9] - f[10]) + (f[11] - f[12]) + (f[13] - f[14]) + half * force.vector[0];
    result[2] =
        (f[3] - f[4]) + (f[7] - f[8]) - (f[9] - f[10]) + (f[15] - f[16]) + (f[17] - f[18]) + half * force.vector[1];
    result[3] =
        (f[5] - f[6]) + (f[11] - f[12]) - (f[13] - f[14]) + (f[15] - f[16]) - (f[17] - f[18]) + half * force.vector[2];
}

extern template Totals sum_sites(const DeviceArray<double>&, std::size_t, const BodyForce<double>&, std::size_t,
                                 std::size_t);
extern template Totals sum_sites(const DeviceArray<float>&, std::size_t, const BodyForce<float>&, std::size_t,
                                 std::size_t);

}  // namespace protolith::flow
