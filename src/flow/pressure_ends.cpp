#include "flow/pressure_ends.hpp"

namespace protolith::flow {
namespace {

// Direction q of the frame whose z points inwards along `axis`, in the lattice's own frame.
int turned(int q, int axis, bool inlet) {
    const Velocity c = velocities[static_cast<std::size_t>(q)];
    const int z = inlet ? c.z : -c.z;
    if (axis == 0) return direction_of(z, c.x, c.y);
    if (axis == 1) return direction_of(c.x, z, c.y);
    return direction_of(c.x, c.y, z);
}

// Directions by their component inwards: 5, 9 and 5 (with rest).
constexpr int inwards[5] = {5, 11, 14, 15, 18};
constexpr int outwards[5] = {6, 12, 13, 16, 17};
constexpr int across[9] = {0, 1, 2, 3, 4, 7, 8, 9, 10};

constexpr bool directions_sorted() {
    for (const int q : inwards)
        if (velocities[q].z != 1) return false;
    for (const int q : outwards)
        if (velocities[q].z != -1) return false;
    for (const int q : across)
        if (velocities[q].z != 0) return false;
    return true;
}
static_assert(directions_sorted());

// Fills what enters of f[19] in the turned frame; `density` is less 1.
template <class T>
KOKKOS_FORCEINLINE_FUNCTION void fill_inwards(T* f, T density, bool equilibrium) {
    T speed = density;
    const T sum_across = f[0] + f[1] + f[2] + f[3] + f[4] + f[7] + f[8] + f[9] + f[10];
    speed -= sum_across + T(2) * (f[6] + f[12] + f[13] + f[16] + f[17]);
    if (equilibrium) {
        const T common = density + T(3) * speed + T(3) * speed * speed;  // 4.5 (c·u)² − 1.5 u² with c·u = u
        f[5] = common / T(18);
        f[11] = f[14] = f[15] = f[18] = common / T(36);
        return;
    }
    const T half = T(0.5);
    const T nx = half * (f[1] - f[2] + f[7] - f[8] + f[9] - f[10]);
    const T ny = half * (f[3] - f[4] + f[7] - f[8] - f[9] + f[10]);
    f[5] = f[6] + speed / T(3);
    f[11] = f[12] + speed / T(6) - nx;  // (1, 0, 1)
    f[14] = f[13] + speed / T(6) + nx;  // (−1, 0, 1)
    f[15] = f[16] + speed / T(6) - ny;  // (0, 1, 1)
    f[18] = f[17] + speed / T(6) + ny;  // (0, −1, 1)
}

}  // namespace

template <class T>
PressureEnds<T>::PressureEnds(const Sites& sites, const Settings& settings, DeviceArray<T> populations)
    : populations_(populations), count_(sites.ends.size()), equilibrium_(settings.ends == Ends::equilibrium) {
    const Addresses addresses(sites);
    std::vector<std::int32_t> even(directions * count_), odd(directions * count_);
    std::vector<T> density(count_);
    for (std::size_t i = 0; i < count_; ++i) {
        const EndSite& end = sites.ends[i];
        density[i] = static_cast<T>((end.inlet ? settings.inlet_density : settings.outlet_density) - 1);
        for (int q = 0; q < directions; ++q) {
            const int own = turned(q, settings.end_axis, end.inlet);
            const std::size_t at = static_cast<std::size_t>(q) * count_ + i;
            even[at] = static_cast<std::int32_t>(static_cast<std::size_t>(own) * sites.stride) + end.site;
            odd[at] = own == 0 ? even[at] : addresses(static_cast<std::size_t>(end.site), own);
        }
    }
    even_ = to_device("flow ends, even", even);
    odd_ = to_device("flow ends, odd", odd);
    density_ = to_device("flow end densities", density);
}

template <class T>
void PressureEnds<T>::apply(const DeviceArray<std::int32_t>& addresses) const {
    const auto populations = populations_;
    const auto density = density_;
    const auto count = count_;
    const bool equilibrium = equilibrium_;
    Kokkos::parallel_for(
        "flow ends", Kokkos::RangePolicy<DeviceSpace>(0, count), KOKKOS_LAMBDA(const std::size_t i) {
            T f[directions];
            for (std::size_t q = 0; q < directions; ++q)
                f[q] = populations(static_cast<std::size_t>(addresses(q * count + i)));
            fill_inwards(f, density(i), equilibrium);
            for (std::size_t q = 0; q < directions; ++q)
                populations(static_cast<std::size_t>(addresses(q * count + i))) = f[q];
        });
}

template class PressureEnds<double>;
template class PressureEnds<float>;

}  // namespace protolith::flow
