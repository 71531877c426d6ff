// Distances and pore sizes over ranks equal those of the whole volume on one; channels by hand.
#include "brute_force.hpp"
#include "descriptors/distance.hpp"
#include "descriptors/local_thickness.hpp"
#include "descriptors/slab_distance.hpp"
#include "slab_of.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

template <class T>
void expect_part_of(const Slab<T>& slab, const Volume<T>& whole) {
    const std::size_t first = slab.planes.first * slab.whole.y * slab.whole.x;
    ASSERT_EQ(slab.voxels.size(), slab.planes.size() * slab.whole.y * slab.whole.x);
    for (std::size_t i = 0; i < slab.voxels.size(); ++i) ASSERT_EQ(slab.voxels[i], whole[first + i]) << first + i;
}

/// Mostly phase, so that distances reach across slabs.
PhaseVolume sparse(const Extent& extent, double solid) {
    PhaseVolume volume = bernoulli(extent, solid, 3);
    for (std::uint8_t& voxel : volume) voxel = static_cast<std::uint8_t>(1 - voxel);
    return volume;
}

TEST(SlabDistance, EqualsTheWholeVolumes) {
    const Communicator comm;
    for (const Boundary boundary : {Boundary::non_periodic, Boundary::periodic})
        for (const Extent extent : {Extent{17, 12, 20}, Extent{3, 2, 33}, Extent{1, 14, 9}, Extent{9, 1, 5}})
            for (const double solid : {0.5, 0.02}) {
                auto volume = sparse(extent, solid);
                volume[0] = 0;  // never without the other phase
                expect_part_of(squared_distance(comm, slab_of(comm, volume), boundary),
                               squared_distance(volume, boundary));
            }
}

TEST(SlabDistance, PoreDiametersEqualTheWholeVolumesLocalThickness) {
    const Communicator comm;
    for (const Boundary boundary : {Boundary::non_periodic, Boundary::periodic})
        for (const Extent extent : {Extent{17, 12, 20}, Extent{3, 8, 33}, Extent{1, 14, 9}})
            for (const double solid : {0.3, 0.02, 0.002}) {
                auto volume = sparse(extent, solid);
                volume[0] = 0;
                expect_part_of(pore_diameter(comm, slab_of(comm, volume), boundary), local_thickness(volume, boundary));
            }
}

TEST(SlabDistance, AChannelHasItsWidthFromWallToWallAcrossRanks) {
    const Communicator comm;
    PhaseVolume volume({13, 20, 20}, 1);  // walls normal to z: 11 free planes between them
    for (std::size_t i = 0; i < 400; ++i) volume[i] = volume[12 * 400 + i] = 0;
    const auto diameter = pore_diameter(comm, slab_of(comm, volume), Boundary::periodic);
    for (std::size_t z = 0; z < diameter.planes.size(); ++z) {
        const std::size_t plane = diameter.planes.first + z;
        EXPECT_EQ(diameter.voxels[z * 400 + 210], plane == 0 || plane == 12 ? 0.0f : 11.0f) << plane;
    }
}

TEST(SlabDistance, WithoutSolidTheDiameterIsInfinite) {
    const Communicator comm;
    const auto diameter = pore_diameter(comm, slab_of(comm, PhaseVolume({5, 4, 3}, 1)), Boundary::non_periodic);
    for (const float d : diameter.voxels) EXPECT_TRUE(std::isinf(d));
}

}  // namespace
}  // namespace protolith::descriptors
