#include "flow/slip_walls.hpp"

namespace protolith::flow {
namespace {

bool has(std::uint32_t walls, int q) { return q > 0 && ((walls >> (q - 1)) & 1) != 0; }

// Axis directions +, − of x, y, z are 1, 2, 3, 4, 5, 6.
constexpr int face(int axis, int sign) { return 2 * axis + (sign > 0 ? 1 : 2); }

}  // namespace

std::vector<std::uint32_t> slipping_directions(const Sites& sites) {
    const Addresses addresses(sites);
    std::vector<std::uint32_t> walls(sites.voxel.size(), 0);
    for (std::size_t n = 0; n < walls.size(); ++n) {
        if (sites.voxel[n] == Sites::no_voxel) continue;
        for (int q = 1; q < directions; ++q)
            if (addresses(n, q) == static_cast<std::int32_t>(static_cast<std::size_t>(q) * sites.stride + n))
                walls[n] |= 1u << (q - 1);
    }
    for (const EndSite& end : sites.ends) walls[static_cast<std::size_t>(end.site)] = 0;
    return walls;
}

std::vector<std::array<int, 2>> mirrored_pairs(std::uint32_t walls) {
    std::vector<std::array<int, 2>> found;
    for (int normal = 0; normal < 3; ++normal) {
        for (const int inwards : {1, -1}) {
            if (!has(walls, face(normal, inwards))) continue;
            for (int along = 0; along < 3; ++along) {
                // No wall across `along`: there the corner has no one normal.
                if (along == normal || has(walls, face(along, 1)) || has(walls, face(along, -1))) continue;
                int c[3] = {0, 0, 0};
                c[normal] = inwards;
                c[along] = 1;
                const int q = direction_of(c[0], c[1], c[2]), mirror = mirrored(q, along);
                if (has(walls, q) && has(walls, mirror)) found.push_back({q, mirror});
            }
        }
    }
    return found;
}

template <class T>
SlipWalls<T>::SlipWalls(const Sites& sites, const Settings& settings, DeviceArray<T> populations)
    : populations_(populations),
      stride_(sites.stride),
      bounce_(static_cast<T>(settings.bounce_fraction)),
      diffuse_(settings.wall == Wall::diffuse) {
    const std::vector<std::uint32_t> slipping = slipping_directions(sites);
    std::vector<std::int32_t> starts{0}, slots, mirroring;
    std::vector<T> shares;
    const auto slot = [&](int q, std::size_t n) {
        return static_cast<std::int32_t>(static_cast<std::size_t>(q) * stride_ + n);
    };
    for (std::size_t n = 0; n < slipping.size(); ++n) {
        const std::uint32_t walls = slipping[n];
        if (walls == 0) continue;
        double weights = 0;
        for (int q = 1; q < directions; ++q) weights += has(walls, q) ? weight(q) : 0;
        for (int q = 1; q < directions; ++q) {
            if (!has(walls, q)) continue;
            slots.push_back(slot(q, n));
            shares.push_back(static_cast<T>((1 - settings.bounce_fraction) * weight(q) / weights));
        }
        starts.push_back(static_cast<std::int32_t>(slots.size()));
        for (const auto& pair : mirrored_pairs(walls))
            for (const int q : pair) mirroring.push_back(slot(q, n));
    }
    if (diffuse_) {
        starts_ = to_device("flow wall sites", starts);
        slots_ = to_device("flow wall slots", slots);
        shares_ = to_device("flow wall shares", shares);
    } else {
        pairs_ = to_device("flow mirrored slots", mirroring);
    }
}

template <class T>
void SlipWalls<T>::blend() const {
    diffuse_ ? blend_diffuse() : blend_specular();
}

template <class T>
void SlipWalls<T>::blend_diffuse() const {
    const auto f = populations_;
    const auto starts = starts_, slots = slots_;
    const auto shares = shares_;
    const T bounce = bounce_;
    Kokkos::parallel_for(
        "flow diffuse walls", Kokkos::RangePolicy<DeviceSpace>(0, starts.extent(0) - 1),
        KOKKOS_LAMBDA(const std::size_t i) {
            const auto first = static_cast<std::size_t>(starts(i)), last = static_cast<std::size_t>(starts(i + 1));
            T sum = 0;
            for (std::size_t k = first; k < last; ++k) sum += f(static_cast<std::size_t>(slots(k)));
            for (std::size_t k = first; k < last; ++k) {
                T& at = f(static_cast<std::size_t>(slots(k)));
                at = bounce * at + shares(k) * sum;
            }
        });
}

template <class T>
void SlipWalls<T>::blend_specular() const {
    const auto f = populations_;
    const auto slots = pairs_;
    const T bounce = bounce_;
    Kokkos::parallel_for(
        "flow specular walls", Kokkos::RangePolicy<DeviceSpace>(0, slots.extent(0) / 2),
        KOKKOS_LAMBDA(const std::size_t i) {
            T& a = f(static_cast<std::size_t>(slots(2 * i)));
            T& b = f(static_cast<std::size_t>(slots(2 * i + 1)));
            const T exchanged = (T(1) - bounce) * (b - a);
            a += exchanged;
            b -= exchanged;
        });
}

template class SlipWalls<double>;
template class SlipWalls<float>;

}  // namespace protolith::flow
