// Pore sizes by rays: channels, ducts and spheres whose chords are known, and the same on any number of ranks.
#include "brute_force.hpp"
#include "descriptors/slab_chords.hpp"
#include "slab_of.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

template <class Pore>
PhaseVolume volume_of(const Extent& n, const Pore& pore) {
    PhaseVolume volume(n);
    for (std::size_t z = 0; z < n.z; ++z)
        for (std::size_t y = 0; y < n.y; ++y)
            for (std::size_t x = 0; x < n.x; ++x) volume(z, y, x) = pore(z, y, x) ? 1 : 0;
    return volume;
}

/// Voxel by voxel along every ray.
float walked(const PhaseVolume& volume, std::size_t z, std::size_t y, std::size_t x) {
    const Extent& n = volume.extent();
    float shortest = std::numeric_limits<float>::infinity();
    if (volume(z, y, x) == 0) return 0;
    for (int c = 0; c < 27; ++c) {
        const std::array<int, 3> d{c / 9 - 1, c / 3 % 3 - 1, c % 3 - 1};
        const int square = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
        if (square == 0 || square == 3) continue;
        int voxels = 1;
        bool ends = true;
        for (const int sign : {1, -1})
            for (std::array<int, 3> at{static_cast<int>(z), static_cast<int>(y), static_cast<int>(x)};; ++voxels) {
                for (std::size_t i = 0; i < 3; ++i) at[i] += sign * d[i];
                const std::array<std::size_t, 3> p{static_cast<std::size_t>(at[0]), static_cast<std::size_t>(at[1]),
                                                   static_cast<std::size_t>(at[2])};
                if (p[0] >= n.z || p[1] >= n.y || p[2] >= n.x) ends = false;
                if (!ends || volume(p[0], p[1], p[2]) == 0) break;
            }
        if (ends) shortest = std::min(shortest, static_cast<float>(voxels) * std::sqrt(static_cast<float>(square)));
    }
    return shortest;
}

void expect_walked(const PhaseVolume& volume) {
    const Communicator comm;
    const auto slab = shortest_chord(comm, slab_of(comm, volume));
    const std::size_t plane = volume.extent().y * volume.extent().x;
    for (std::size_t i = 0; i < slab.voxels.size(); ++i) {
        const std::size_t z = slab.planes.first + i / plane, y = i % plane / volume.extent().x,
                          x = i % volume.extent().x;
        ASSERT_FLOAT_EQ(slab.voxels[i], walked(volume, z, y, x)) << z << " " << y << " " << x;
    }
}

TEST(ShortestChord, EqualsRaysWalkedVoxelByVoxelOnAnyNumberOfRanks) {
    for (const Extent extent : {Extent{13, 9, 11}, Extent{2, 7, 8}, Extent{1, 6, 5}, Extent{9, 1, 4}})
        for (const double pores : {0.9, 0.6}) expect_walked(bernoulli(extent, pores, 5));
    expect_walked(PhaseVolume({5, 4, 6}, 1));
}

TEST(ShortestChord, OfAChannelAndASquareDuctIsTheirWidth) {
    const Communicator comm;
    for (const std::size_t width : {5u, 8u}) {  // odd and even alike
        for (const int normal : {0, 1, 2}) {
            const auto slab = shortest_chord(
                comm, slab_of(comm, volume_of({12, 12, 12}, [&](std::size_t z, std::size_t y, std::size_t x) {
                                  const std::size_t at = normal == 0 ? z : normal == 1 ? y : x;
                                  return at >= 2 && at < 2 + width;
                              })));
            for (const float size : slab.voxels) EXPECT_TRUE(size == 0 || size == static_cast<float>(width)) << size;
        }
        const auto duct = volume_of({6, 12, 12}, [&](std::size_t, std::size_t y, std::size_t x) {
            return y >= 2 && y < 2 + width && x >= 2 && x < 2 + width;
        });
        const auto slab = shortest_chord(comm, slab_of(comm, duct));
        for (std::size_t z = 0; z < slab.planes.size(); ++z) {
            EXPECT_EQ(slab.voxels(z, 2 + width / 2, 2 + width / 2), static_cast<float>(width));
            EXPECT_FLOAT_EQ(slab.voxels(z, 2, 2), std::sqrt(2.0f)) << "the diagonal cuts the corner";
        }
    }
}

TEST(ShortestChord, OfASphereIsTheShortestOfItsNineChords) {
    const Communicator comm;
    constexpr double radius = 14.3, centre = 16;
    const auto sphere = volume_of({33, 33, 33}, [&](std::size_t z, std::size_t y, std::size_t x) {
        return std::hypot(static_cast<double>(z) - centre, static_cast<double>(y) - centre,
                          static_cast<double>(x) - centre) < radius;
    });
    const auto slab = shortest_chord(comm, slab_of(comm, sphere));
    for (std::size_t i = 0; i < slab.voxels.size(); ++i) {
        if (slab.voxels[i] == 0) continue;
        const std::array<double, 3> p{static_cast<double>(slab.planes.first + i / 1089) - centre,
                                      static_cast<double>(i % 1089 / 33) - centre,
                                      static_cast<double>(i % 33) - centre};
        const double square = p[0] * p[0] + p[1] * p[1] + p[2] * p[2];
        double exact = 2 * radius;
        for (int c = 0; c < 27; ++c) {
            const std::array<double, 3> d{c / 9 - 1.0, c / 3 % 3 - 1.0, c % 3 - 1.0};
            const double length = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
            if (length == 0 || length == 3) continue;
            const double along = (p[0] * d[0] + p[1] * d[1] + p[2] * d[2]) / std::sqrt(length);
            exact = std::min(exact, 2 * std::sqrt(radius * radius - square + along * along));
        }
        EXPECT_NEAR(static_cast<double>(slab.voxels[i]), exact, 2 * std::sqrt(2.0)) << "a voxel at either end";
    }
}

}  // namespace
}  // namespace protolith::descriptors
