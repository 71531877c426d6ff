// The lattice D3Q19: rest, six faces, twelve edges. Direction 2k + 2 is the opposite of 2k + 1.
#pragma once

#include <array>
#include <cstdint>

namespace protolith::flow {

inline constexpr int directions = 19;
/// Pairs of opposite directions: 2k + 1 and 2k + 2.
inline constexpr int pairs = 9;
/// Square of the speed of sound, lattice units.
inline constexpr double sound_squared = 1.0 / 3.0;

struct Velocity {
    std::int8_t x, y, z;
    constexpr int along(int axis) const noexcept { return axis == 0 ? x : axis == 1 ? y : z; }  // 0 x, 1 y, 2 z
};

inline constexpr std::array<Velocity, directions> velocities{{{0, 0, 0},
                                                              {1, 0, 0},
                                                              {-1, 0, 0},
                                                              {0, 1, 0},
                                                              {0, -1, 0},
                                                              {0, 0, 1},
                                                              {0, 0, -1},
                                                              {1, 1, 0},
                                                              {-1, -1, 0},
                                                              {1, -1, 0},
                                                              {-1, 1, 0},
                                                              {1, 0, 1},
                                                              {-1, 0, -1},
                                                              {1, 0, -1},
                                                              {-1, 0, 1},
                                                              {0, 1, 1},
                                                              {0, -1, -1},
                                                              {0, 1, -1},
                                                              {0, -1, 1}}};

constexpr int opposite(int q) noexcept { return q == 0 ? 0 : (q % 2 == 1 ? q + 1 : q - 1); }
constexpr double weight(int q) noexcept { return q == 0 ? 1.0 / 3 : (q < 7 ? 1.0 / 18 : 1.0 / 36); }

/// The direction with these components; -1 if the lattice has none.
constexpr int direction_of(int x, int y, int z) noexcept {
    for (int q = 0; q < directions; ++q)
        if (velocities[q].x == x && velocities[q].y == y && velocities[q].z == z) return q;
    return -1;
}
/// q with its component along `axis` (0 x, 1 y, 2 z) reversed.
constexpr int mirrored(int q, int axis) noexcept {
    const Velocity c = velocities[q];
    return direction_of(axis == 0 ? -c.x : c.x, axis == 1 ? -c.y : c.y, axis == 2 ? -c.z : c.z);
}

}  // namespace protolith::flow
